import shutil

from generations.media.free import room


def test_there_is_room_for_a_picture(settings):
    settings.STORAGE.mkdir(parents=True)
    assert room(1, least=1, times=1)


def test_a_disk_that_is_nearly_full_has_none(settings):
    settings.STORAGE.mkdir(parents=True)
    free = shutil.disk_usage(settings.DATA).free
    assert not room(1, least=2 * free)
    assert not room(free, least=1)


def test_a_disk_that_is_gone_has_none(settings):
    settings.DATA.mkdir()
    assert not room(1, least=1)


def test_of_a_bucket_only_what_lies_here_counts(settings):
    settings.DATA.mkdir()
    settings.STORAGE = "s3://pictures"
    assert room(1, least=1)
