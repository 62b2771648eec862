from django.forms.renderers import TemplatesSetting


class StudioRenderer(TemplatesSetting):
    """Every form draws itself with our own templates: label, field, hint, what is wrong."""

    form_template_name = "web/_form.html"
    field_template_name = "web/_field.html"
