from mtkit.runners.articles import articles, translate_articles
from mtkit.types import Document, Origin, Segment, Translation


def document(format, *ids):
    segments = tuple(Segment(id=each, source=f"s{each}", src_lang="vi", tgt_lang="ru") for each in ids)
    return Document(path="a", format=format, segments=segments)


def parts(document, **options):
    return [[segment.id for segment in part] for part in articles(document, **options)]


def test_a_document_is_one_article_and_a_record_of_json_lines_is_one():
    assert parts(document("markdown", "1", "1.2", "3")) == [["1", "1.2", "3"]]
    assert parts(document("jsonl", "1", "1.2", "12", "3")) == [["1", "1.2"], ["12"], ["3"]]
    assert parts(document("text", "1", "1.2", "3"), by_line=True) == [["1", "1.2"], ["3"]]
    assert parts(document("text")) == [[]]
    assert parts(document("jsonl")) == []


class Recording:
    def __init__(self):
        self.asked = []

    def translate_documents(self, documents):
        self.asked += documents
        return [
            [Translation(segment_id=s.id, target=s.source.upper(), origin=Origin.ENGINE) for s in segments]
            for segments in documents
        ]


def test_every_document_gets_its_own_translations_back():
    documents = [document("jsonl", "1", "1.2", "2"), document("text"), document("text", "1", "2")]
    pipeline = Recording()
    translated = translate_articles(pipeline, documents)
    assert [[t.target for t in own] for own in translated] == [["S1", "S1.2", "S2"], [], ["S1", "S2"]]
    assert [len(part) for part in pipeline.asked] == [2, 1, 0, 2]
