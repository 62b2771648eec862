"""Certificates of an authority that exists only here."""

import datetime
import ssl
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    def __init__(self, folder: Path) -> None:
        self.folder, self.key, self.name = folder, ec.generate_private_key(ec.SECP256R1()), name("Nobody's Authority")
        self.paper = self.sign(self.name, self.key, x509.BasicConstraints(ca=True, path_length=0))

    def sign(self, subject, key, extension, until=NOW + DAY, signer=None):
        paper = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name if signer is None else subject)
        paper = paper.public_key(key.public_key()).serial_number(x509.random_serial_number())
        paper = paper.not_valid_before(NOW - 3 * DAY).not_valid_after(until)
        return paper.add_extension(extension, critical=True).sign(signer or self.key, hashes.SHA256())

    def context(self, host="pictures.example", expired=False, own=False) -> ssl.SSLContext:
        """For a server that calls itself `host`; with an old certificate, or with one that it signed itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        label = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        until = NOW - DAY if expired else NOW + DAY
        paper = self.sign(name(host), key, x509.SubjectAlternativeName([label]), until, key if own else None)
        file = self.folder / f"{host}-{expired}-{own}.pem"
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        secret = key.private_bytes(serialization.Encoding.PEM, *plain)
        file.write_bytes(secret + paper.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.paper.public_bytes(serialization.Encoding.PEM).decode())
