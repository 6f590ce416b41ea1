"""HTTP without an application: requests, responses, formats, codings, ETags, headers, languages, cancellation.

It may import `nbkg`, errors, settings and words of the endpoint; every other room may import it.
"""
