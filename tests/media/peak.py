"""What it costs to clean a file: `python -m tests.media.peak FILE [ORDER]` prints megabytes, seconds of a processor, and the answer.

It is small itself: a child counts the memory of whoever started it as its own.
"""

import json
import os
import subprocess
import sys

more = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
order = {"staged": sys.argv[1], "most_pixels": 36_000_000, "fitting": 10 * 1024**2, **more}
with subprocess.Popen([sys.executable, "-m", "generations.media.wash", json.dumps(order)], stdout=subprocess.PIPE) as washing:
    assert washing.stdout
    answer = washing.stdout.read().decode() or "{}"
    _pid, status, used = os.wait4(washing.pid, 0)
    washing.returncode = os.waitstatus_to_exitcode(status)
megabytes = used.ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)
sys.stdout.write(json.dumps([megabytes, used.ru_utime + used.ru_stime, json.loads(answer)]))
