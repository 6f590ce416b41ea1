"""The codes of languages and countries (https://www.loc.gov/marc/languages/, https://www.loc.gov/marc/countries/)."""

from __future__ import annotations

import re
from typing import Final

_CODES = """aar abk ace ach ada ady afa afh afr ain aka akk alb ale alg alt amh ang anp apa ara arc arg arm arn arp art
arw asm ast ath aus ava ave awa aym aze bad bai bak bal bam ban baq bas bat bej bel bem ben ber bho bih bik bin bis bla
bnt bos bra bre btk bua bug bul bur byn cad cai car cat cau ceb cel cha chb che chg chi chk chm chn cho chp chr chu chv
chy cmc cnr cop cor cos cpe cpf cpp cre crh crp csb cus cze dak dan dar day del den dgr din div doi dra dsb dua dum dut
dyu dzo efi egy eka elx eng enm epo est ewe ewo fan fao fat fij fil fin fiu fon fre frm fro frr frs fry ful fur gaa gay
gba gem geo ger gez gil gla gle glg glv gmh goh gon gor got grb grc gre grn gsw guj gwi hai hat hau haw heb her hil him
hin hit hmn hmo hrv hsb hun hup iba ibo ice ido iii ijo iku ile ilo ina inc ind ine inh ipk ira iro ita jav jbo jpn jpr
jrb kaa kab kac kal kam kan kar kas kau kaw kaz kbd kha khi khm kho kik kin kir kmb kok kom kon kor kos kpe krc krl kro
kru kua kum kur kut lad lah lam lao lat lav lez lim lin lit lol loz ltz lua lub lug lui lun luo lus mac mad mag mah mai
mak mal man mao map mar mas may mdf mdr men mga mic min mis mkh mlg mlt mnc mni mno moh mon mos mul mun mus mwl mwr myn
myv nah nai nap nau nav nbl nde ndo nds nep new nia nic niu nno nob nog non nor nqo nso nub nwc nya nym nyn nyo nzi oci
oji ori orm osa oss ota oto paa pag pal pam pan pap pau peo per phi phn pli pol pon por pra pro pus que raj rap rar roa
roh rom rum run rup rus sad sag sah sai sal sam san sas sat scn sco sel sem sga sgn shn sid sin sio sit sla slo slv sma
sme smi smj smn smo sms sna snd snk sog som son sot spa srd srn srp srr ssa ssw suk sun sus sux swa swe syc syr tah tai
tam tat tel tem ter tet tgk tgl tha tib tig tir tiv tkl tlh tli tmh tog ton tpi tsi tsn tso tuk tum tup tur tut tvl twi
tyv udm uga uig ukr umb und urd uzb vai ven vie vol vot wak wal war was wel wen wln wol xal xho yao yap yid yor ypk zap
zbl zen zha znd zul zun zxx zza"""
_FORMER = (
    "ajm:aar cam:khm esk:ypk esp:epo eth:gez far:fao fri:fry gae:gla gag:glg gua:grn int:ina iri:gle lan:oci lap:smi "
    "mla:mlg mol:rum sao:smo scc:srp scr:hrv sho:sna snh:sin sso:sot swz:ssw tag:tgl taj:tgk tar:tat tsw:tsn"
)
_TWO_LETTERS = """aa:aar ab:abk af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul
bi:bis bm:bam bn:ben bo:tib br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:cze cu:chu cv:chv cy:wel da:dan de:ger
dv:div dz:dzo ee:ewe el:gre en:eng eo:epo es:spa et:est eu:baq fa:per ff:ful fi:fin fj:fij fo:fao fr:fre fy:fry ga:gle
gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:arm hz:her ia:ina id:ind ie:ile
ig:ibo ii:iii ik:ipk io:ido is:ice it:ita iu:iku ja:jpn jv:jav ka:geo kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan
ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg
mh:mah mi:mao mk:mac ml:mal mn:mon mr:mar ms:may mt:mlt my:bur na:nau nb:nob nd:nde ne:nep ng:ndo nl:dut nn:nno no:nor
nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:rum
ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slo sl:slv sm:smo sn:sna so:som sq:alb sr:srp ss:ssw st:sot
su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah
ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:chi zu:zul"""
LANGUAGES: Final = frozenset(_CODES.split())
"""The codes of the MARC list that are in use."""
FORMER_LANGUAGES: Final = dict(pair.split(":") for pair in _FORMER.split())
"""Codes that are no longer used, and what they became."""
BY_TWO_LETTERS: Final = dict(pair.split(":") for pair in _TWO_LETTERS.split())
"""The codes of ISO 639-1, and those of the MARC list that mean the same."""
TAGS: Final = {long: short for short, long in BY_TWO_LETTERS.items()}
"""Language tags (BCP 47) of the codes of the MARC list; a code that is not there is its own tag where it is not one of
the bibliographic ones (`ger`), all of which are there."""
_COUNTRY: Final = re.compile(r"[a-z]{2,3}")
_NO_COUNTRY: Final = {"xx", "vp"}
"""No place, unknown or undetermined; various places."""
_SCRIPTS: Final = {"(3": "Arab", "(4": "Arab", "(B": "Latn", "(N": "Cyrl", "(Q": "Cyrl", "(S": "Grek", "(2": "Hebr"}
_EAST_ASIAN: Final = {"chi": "Hani", "jpn": "Jpan", "kor": "Kore"}
_OF_SCRIPT: Final = {
    "Cyrl": {
        "rus",
        "ukr",
        "bel",
        "bul",
        "mac",
        "srp",
        "kaz",
        "kir",
        "tgk",
        "mon",
        "tat",
        "bak",
        "chv",
        "oss",
        "che",
        "chu",
    },
    "Arab": {"ara", "per", "urd", "pus", "snd", "uig", "kas", "kur"},
    "Hebr": {"heb", "yid"},
    "Grek": {"gre", "grc"},
    "Hani": {"chi"},
    "Jpan": {"jpn"},
    "Kore": {"kor"},
}


def split_codes(text: str) -> list[str]:
    """Return codes of three letters that stand in one subfield, as they did before 2001; the rest is the last one."""
    return [text[start : start + 3] for start in range(0, len(text), 3)]


def current_language(code: str) -> str:
    """Return the code of the MARC list that a code of it means today, or an empty text for one that is not in it."""
    code = code.lower()
    return code if code in LANGUAGES else FORMER_LANGUAGES.get(code, "")


def country(code: str) -> str:
    """Return a country of 008/15-17 without blanks, or an empty text where it is not coded or unknown."""
    code = code.strip()
    return code if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRY else ""


def script_tag(link: str, language: str) -> str:
    """Return the language tag of a field in another script: the language of the text where it is written so.

    `link` is the end of a $6, such as `(N` or `Cyrl`, and `language` the code of 008/35-37.
    """
    link = link.partition("/")[0]
    script = link if re.fullmatch(r"[A-Z][a-z]{3}", link) else _SCRIPTS.get(link, "")
    if link in {"$1", "{dollar}1"}:
        script = _EAST_ASIAN.get(language, "Hani")
    if not script:
        return "und"
    speaks = language in _OF_SCRIPT.get(script, ())
    return f"{TAGS.get(language, language)}-{script}" if speaks else f"und-{script}"
