from django.conf import settings


def absolute(path: str) -> str:
    """For letters and programs: nobody's request says how the studio is reached."""
    return f"{settings.PUBLIC_URL or f'http://localhost:{settings.PORT}'}{path}"
