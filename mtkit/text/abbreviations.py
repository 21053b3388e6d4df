"""What sentence segmentation knows about each language.

Entries are written without the last full stop, without spaces inside ("т.д" stands for "т. д." too), and
matched with their case.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """Tables of one language.

    `before_name`: a name or noun follows, never a boundary (Dr., TP., ул.);
    `before_number`: joined to a number or code after it (No. 5, стр. 3), otherwise like any word;
    `may_end`: a sentence may end here, so a capital decides (v.v., etc., т. д.);
    `seldom_ends`: a name may follow as well, so only a word of `starters` makes a boundary (U.S., Inc.);
    `starters`: words that open sentences and are not names;
    `units`: like `may_end` after a number, whatever the other tables say (500 м., but м. Киевская);
    `years`: units that as often open a sentence (В 2025 г. Россия…): a boundary only far from its start;
    `multipliers`: words between a number and its unit (3 млн т.);
    `one_letter_words`: capitals that are whole words, not initials (châu Á.);
    `continuing`: capitalised words that go on after `may_end` (5 p.m. Monday);
    `lettered`: words with a letter after them that is no initial (quý I., vitamin C.);
    `headings`: words that open a heading together with a number (Điều 5. Hiệu lực).
    """

    before_name: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    seldom_ends: frozenset[str]
    starters: frozenset[str]
    lettered: frozenset[str]
    headings: frozenset[str]
    units: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    continuing: frozenset[str] = frozenset()
    multipliers: frozenset[str] = frozenset()
    one_letter_words: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        return self.before_name | self.before_number | self.may_end | self.seldom_ends


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATIN_TITLES = _words(
    "Dr Drs Mr Mrs Ms Mme Messrs Prof Profs Assoc Asst Gen Lt Col Maj Capt Cpt Cmdr Adm Sgt Brig Sen Sens "
    "Rep Reps Gov Govs Pres Rev Hon Sts Amb Atty Supt Insp P.S"
)

_VI = Abbreviations(
    before_name=_LATIN_TITLES
    | _words(
        "TP Tp tp TX Tx TT Tt Th Ths ThS THS TS Ts PGS Pgs GS Gs BS Bs BSCK BSCKI BSCKII CKI CKII KS KTS LS "
        "DS CN NCS NSND NSƯT NGND NGƯT TTND TTƯT ĐB QL TL KT TM TUQ Nxb NXB Tr St đ/c Đ/c ĐT Tel vd VD Vd"
    ),
    before_number=_words("tr t No Nos Vol Fig"),
    may_end=_words("v.v vv a.m p.m etc SCN TCN"),
    seldom_ends=_words("U.S U.K U.N D.C T.Ư Inc Ltd Co Corp Jr Sr Bros"),
    units=_words("TS t tr"),
    starters=_words(
        "Ông Bà Chị Em Cô Chú Bác Tôi Chúng Họ Nó Theo Tại Trong Ngoài Các Những Đây Đó Điều Việc Bên Tuy "
        "Dù Mặc Trước Sau Đến Tới Từ Với Để Khi Hiện Nay Năm Ngày Tháng Sáng Chiều Tối Cùng Cũng Đặc Nhưng "
        "Và Vì Do Bởi Nếu Mỗi Một Nhiều Trên Dưới Về Qua Ở Đã Sẽ Đang Được Không Có Còn Rồi Thì Như Nhờ "
        "Riêng Tiếp Lúc Hôm Dự Cuộc Cả Đáng Dịp"
    ),
    lettered=_words(
        "độ giải quý chương khóa khoá lần hạng loại án nhóm bảng khối lớp mục điểm phần lục gan vitamin cúm "
        "tuýp hình kỳ đợt cấp tập đoạn thứ vùng khu lô tòa nhà Quý Chương Khóa Lục Mục Phần Điểm Nhóm Bảng"
    ),
    one_letter_words=_words("Á Ý"),
    headings=_words("Điều Khoản Mục Chương Phần Bài Câu Tiết Bước Bảng Hình ĐIỀU MỤC CHƯƠNG PHẦN"),
)

_EN = Abbreviations(
    before_name=_LATIN_TITLES
    | _words("Gens Lts Cpl Pvt vs Vs v cf Cf e.g i.e approx incl ca Tel TP Th.S ThS"),
    before_number=_words(
        "No Nos no nos Art Arts Sec Secs Ch Chap Fig Figs fig figs p pp Vol vol Vols Para Cl Eq Jan Feb Mar "
        "Apr Jun Jul Aug Sep Sept Oct Nov Dec Rs Nr"
    ),
    may_end=_words("etc a.m p.m al B.C A.D B.C.E C.E sq cu ft sq.m sq.km ibid"),
    seldom_ends=_words(
        "U.S U.S.A U.K U.N E.U D.C U.A.E Inc Ltd Co Corp Cos plc Plc Jr Sr Bros Ph.D M.D B.A M.A Esq St Mt "
        "Ft Ave Blvd Rd Hwy Bldg Univ Dept"
    ),
    starters=_words(
        "The A An This That These Those It Its He She His Her They Their We Our You Your I There Here In On "
        "At By For From To With Of As After Before During Since Until When While Where If Although Though "
        "Because But And Or So Yet However Meanwhile Moreover Besides Also Still Then Thus Today Yesterday "
        "Tomorrow Now Last Next Earlier Later What Who Why How Which All Some Many Most Both Each Every "
        "Several Another Other Such Not Only According Under Over Between Among Within Without About "
        "Speaking Addressing Regarding Despite Following Once Even Just My"
    ),
    continuing=_words(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June "
        "July August September October November December GMT UTC ET EST EDT CET MSK Eastern Hanoi Ha Moscow "
        "Beijing"
    ),
    lettered=_words(
        "vitamin hepatitis influenza group groups plan option class category grade phase type part section "
        "annex appendix point block zone building gate quarter stage tier level Vitamin Hepatitis Group "
        "Plan Option Class Category Grade Phase Type Part Section Annex Appendix Point Block Zone Building "
        "Gate Chapter War"
    ),
    headings=_words(
        "Article Section Chapter Part Clause Rule Step Point Question Lesson Table Figure ARTICLE SECTION "
        "CHAPTER PART"
    ),
)

_RU = Abbreviations(
    before_name=_LATIN_TITLES
    | _words(
        "Дж vs ул Ул пл пер просп бул наб респ пос пгт дер г-н г-жа гр тов проф Проф доц акад канд докт д-р "
        "д-ра чл полк подполк ген кап лейт адм т.е т.к т.н т.о т.ч напр Напр см См ср Ср прим зам Зам пом "
        "нач гл Гл рук мл ст Ст сокр лат англ фр нем рус вьет кит св Св о-в оз тел Тел и.о И.о вр.и.о г в д "
        "п м с т л р ч е к о а б х"
    ),
    before_number=_words("стр Стр С рис Рис табл Табл пп подп разд вып тт кн корп эт No Nos"),
    may_end=_words(
        "др пр проч т.д т.п тыс млн млрд трлн руб коп долл шт чел экз обл ред кв куб кв.м кв.км куб.м н.э "
        "мин сек га км кг"
    ),
    seldom_ends=_words("им U.S Inc Ltd Co Corp Jr Sr"),
    units=_words("г гг в вв м см мм с т л р ч д п х ст кв куб"),
    years=_words("г гг в вв"),
    multipliers=_words("тыс млн млрд трлн"),
    starters=_words(
        "В Во На По За Из От До С Со К Ко У О Об При Про Для Без Над Под Через Между После Перед Это Этот "
        "Эта Эти Эту Этого Этой Так Такой Также Там Тут Здесь Тогда Теперь Он Она Оно Они Его Её Ее Их Ему "
        "Ей Им Мы Вы Я Ты Наш Наша Но А И Или Однако Кроме Помимо Если Когда Пока Хотя Чтобы Что Кто Как "
        "Где Куда Почему Зачем Все Всё Весь Вся Всего Каждый Каждая Многие Некоторые Один Одна Два Две Три "
        "Ещё Еще Уже Сейчас Сегодня Вчера Завтра Ранее Позже Затем Потом Поэтому Согласно Благодаря Среди "
        "Вместе Вместо Несмотря Более Не Ни Нет Тем То Та Те Тот Фото Особенно"
    ),
    lettered=_words(
        "витамин витамина витамином группа группы групп группе группу план плана вариант варианта класс "
        "класса категория категории гепатит гепатита грипп гриппа гриппом приложение приложения приложении "
        "тип типа корпус корпуса блок блока пункт зона зоны том Том часть Часть раздел Раздел глава Глава"
    ),
    headings=_words(
        "Статья Раздел Глава Часть Пункт Шаг Вопрос Урок Таблица Рисунок СТАТЬЯ РАЗДЕЛ ГЛАВА ЧАСТЬ"
    ),
)

ABBREVIATIONS = {"vi": _VI, "en": _EN, "ru": _RU}
