from tests.isolation.conftest import found  # noqa: F401  # a fixture
