"""Reading MARC files of every form as streams of records; the commands of MARC and the kinds of sources import from
here."""
