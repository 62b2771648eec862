from hypothesis import settings

settings.register_profile("studio", deadline=None)  # a busy machine is no mistake
settings.load_profile("studio")
