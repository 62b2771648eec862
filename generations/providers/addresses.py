"""Which addresses are out in the world. Everything else is inside somebody's network, perhaps ours."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Written out, because `is_global` says yes to multicast, to 6to4 and NAT64 forms of any private address, and changes with Python.
INSIDE = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers, and Alibaba's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host, at an address that looks public
        "169.254.0.0/16",  # metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
]
OUTSIDE = IPv6Network("2000::/3")
EXCEPT = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo and other experiments
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",
    )
]
NAT64 = IPv6Network("64:ff9b::/96")  # how a network without IPv4 reaches every IPv4 address


def outside(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address in NAT64:
        address = IPv4Address(int(address) & 0xFFFF_FFFF)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in INSIDE)
    return address.scope_id is None and address in OUTSIDE and not any(address in network for network in EXCEPT)
