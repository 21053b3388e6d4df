"""Words that stand before or after names and say whose names they are."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _words(words: str) -> list[str]:
    return words.split()


@dataclass(frozen=True, slots=True)
class HeadPattern:
    """Words that may stand just before a name; `endings` spares most texts the regular expression."""

    pattern: re.Pattern[str]
    endings: tuple[str, ...]

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The words that end at `end`, and begin at `start` or later; group "head" is without punctuation."""
        before = text[start:end].rstrip(" \u00a0").lower()
        if before[-1:] in (".", ":"):
            before = before[:-1]
        return self.pattern.search(text, start, end) if before.endswith(self.endings) else None


def _before(words: str) -> HeadPattern:
    heads = [word.strip() for word in words.split(";")]
    alternatives = "|".join(sorted(map(re.escape, heads), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?P<head>{alternatives})[.:]?[ \u00a0]*$", re.IGNORECASE)
    return HeadPattern(pattern, tuple(head.lower() for head in heads))


FEMALE = {
    "vi": frozenset({"bà", "chị", "cô", "nữ", "mẹ", "nữ sinh", "nữ công nhân"}),
    "en": frozenset({"ms", "mrs", "madam", "madame"}),
}
MALE = {"vi": frozenset({"ông", "anh", "chú"}), "en": frozenset({"mr"})}

PERSONAL_HEAD = {
    "vi": _before(
        "ông;bà;anh;chị;cô;chú;cụ;đồng chí;mẹ;nữ sinh;cháu;em;nhà báo;nhà văn;nhà thơ;nhạc sĩ;họa sĩ;"
        "nghệ sĩ;nghệ nhân;bác sĩ;luật sư;kỹ sư;tiến sĩ;thạc sĩ;giáo sư;cử tri;thầy giáo;cô giáo;"
        "liệt sĩ;già làng;TS;GS;PGS;ThS;BS;LS;NSND;NSƯT;ảnh;bài và ảnh;bài, ảnh;tin, ảnh;tác giả;"
        "phóng viên"
    ),
    "en": _before(
        "mr;ms;mrs;madam;madame;comrade;dr;prof;professor;photo by;story and photo by;photo;"
        "story and photo;artist;doctor;lawyer;engineer;teacher;writer;journalist;martyr"
    ),
}
"""Words after which a single given name is a person too: "ông Quang", "Mr Quang"."""

TITLE_HEAD = {
    "vi": _before(
        "bí thư;chủ tịch;chủ tịch nước;thủ tướng;bộ trưởng;thứ trưởng;giám đốc;tổng giám đốc;"
        "phó giám đốc;trưởng ban;phó trưởng ban;trưởng phòng;hiệu trưởng;viện trưởng;vụ trưởng;"
        "cục trưởng;chủ nhiệm;đại biểu;ủy viên;đại sứ;thường trực;tổng bí thư;quốc hội;chính phủ;nước;"
        "trưởng thôn;trưởng bản;trưởng ấp;trưởng làng;trưởng khu phố;đại tướng;thượng tướng;trung tướng;"
        "thiếu tướng;đại tá;thượng tá;trung tá;thiếu tá;đại úy;thượng úy;trung úy;thiếu úy;tư lệnh;"
        "chính ủy;thuyền trưởng;đội trưởng;trưởng đoàn;tổng biên tập;lãnh tụ;thẩm phán;bộ công an;"
        "bộ quốc phòng;chánh văn phòng;phó chủ tịch;phó bí thư;cựu chiến binh;nông dân;học sinh;"
        "sinh viên;vận động viên;cầu thủ;huấn luyện viên;ca sĩ;diễn viên;đạo diễn;anh hùng"
    ),
    "en": _before(
        "president;prime minister;minister;deputy minister;secretary;general secretary;chairman;"
        "chairwoman;chairperson;vice chairman;deputy chairman;vice chairwoman;director;deputy director;"
        "general;lieutenant general;major general;senior lieutenant general;colonel;lieutenant colonel;"
        "senior colonel;major;captain;lieutenant;ambassador;leader;deputy;head;chief;member;governor;"
        "judge;farmer;student;athlete;singer;director general;rector;late president;uncle"
    ),
}
"""Words after which two syllables headed by a surname are a person."""

PLACE_HEAD = {
    "vi": _before(
        "tỉnh;thành phố;TP;T.P;thị xã;TX;huyện;quận;phường;xã;thị trấn;thôn;bản;ấp;làng;khóm;buôn;"
        "quần đảo;đảo;sông;núi;đèo;vịnh;cửa khẩu;cảng;sân bay;khu phố;đặc khu;hồ;cầu;bãi biển;"
        "khu công nghiệp;khu kinh tế;vườn quốc gia"
    ),
    "en": _before("province of;city of;district of;commune of;ward of;island of;town of;village of"),
}

PLACE_TAIL = {
    "vi": None,
    "en": re.compile(
        r"[ \u00a0](?:province|city|district|commune|ward|township|town|village|hamlet|river|islands?|"
        r"archipelago|bay|port|airport|special zone|border gate|pass|mountain|lake|bridge)\b",
        re.IGNORECASE,
    ),
}

FEW_PLACES = frozenset({"tỉnh", "thành phố", "tp", "t.p"})
"""Heads whose places are all listed: anything else after them is a person ("Chủ tịch HĐND tỉnh Nguyễn…")."""

ORGAN_BEFORE_PLACE = re.compile(
    r"(?:UBND|HĐND|MTTQ|ủy|Đoàn|Hội|ban|nhân dân|[Cc]ông an|[Tt]hanh tra|quân sự|Tổ quốc|Việt Nam|binh|nữ|"
    r"[Tt]rưởng|[Gg]ià)[ \u00a0](?:tỉnh|thành phố|TP|huyện|xã|phường|quận|thị xã|thị trấn|"
    r"đặc khu|thôn|bản|làng|ấp|khóm|khu phố|buôn)[ \u00a0]*$"
)
"""An organ named by its level alone, so that what follows is its holder ("Chủ tịch UBND xã Lê Văn…")."""

NOT_NAMES = tuple(
    tuple(name.split())
    for name in [
        *("thai binh duong", "viet nam", "hoa ky", "han quoc", "trung quoc", "nhat ban", "a rap", "lien xo"),
        *("bac bo", "nam bo", "trung bo", "cuu long", "dai tay duong", "an do", "thai lan", "phan lan"),
        *("thien chua", "phu nu", "tay nguyen"),
    ]
)
"""Words (lower case, no diacritics) that are never taken for a Vietnamese person or place."""

NOT_GIVEN = frozenset(
    _words(
        "bí phó ủy uỷ trưởng chủ ban bộ sở báo đảng hội ưu thường bệnh tổng giám đại đoàn thứ cục viện "
        "phòng đài công trường trung tập hợp nhà hai ba tư năm sáu bảy tám chín mười cả út tây đồng "
        "nghệ tỉnh thành quận trạm thông tôi văn ảnh"
    )
)
"""Capitalised syllables after "ông" or "Ảnh:" that begin a title or a body, or count brothers."""

ONE_WORD_PLACES = frozenset({"xã", "huyện", "quận", "phường", "thôn"})
"""Heads after which one unknown syllable is a place too."""

ENGLISH_WORDS = frozenset(
    _words(
        "to do an ha ma la lo vi mai than tang tong ban hoa be cam cung the on in van long can sung ton "
        "bang phi"
    )
)
"""Surnames without diacritics that are English words or parts of foreign names as well."""

ENGLISH_STOPWORDS = frozenset(
    _words("the in on at from for of and by with as this that when after since under")
)
"""Capitalised at the start of a sentence, and syllables as well."""
