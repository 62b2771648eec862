from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names carry a hash, so a browser may keep a file for ever; imports between our modules are rewritten too."""

    support_js_module_import_aggregation = True
