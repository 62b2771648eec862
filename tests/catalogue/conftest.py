from hypothesis import HealthCheck, settings

settings.register_profile("studio", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
settings.load_profile("studio")
