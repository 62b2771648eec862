import time, pytest
from tests.compat.test_clients import Shop, shop, over, fine
from uuid import uuid4

pytestmark = pytest.mark.stack


def test_speed(studio, shop):
    def q(times):
        times.sort()
        return [round(times[len(times) // 2] * 1000), round(times[int(len(times) * 0.95)] * 1000)]

    sub, ask, tasks = [], [], []
    for n in range(20):
        t = time.perf_counter()
        a = shop.submit_apimart(prompt=f"kite {uuid4()}")
        sub.append(time.perf_counter() - t)
        tasks.append(a.json()["data"][0]["task_id"])
    for n in range(40):
        t = time.perf_counter()
        shop.http.get(f"/apimart/v1/tasks/{tasks[n % 20]}")
        ask.append(time.perf_counter() - t)
    t = time.perf_counter()
    [over(lambda task=task: shop.ask_apimart(task)) for task in tasks]
    total = time.perf_counter() - t
    print("SPEED submit", q(sub), "ask", q(ask), "all done", round(total, 1))
