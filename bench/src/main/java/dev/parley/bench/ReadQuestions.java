package dev.parley.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The questions, with the ids, times and values of one library. */
final class ReadQuestions {

    /** Paths that a question is asked with, at most. */
    static final int SAMPLES = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'%2B00:00'").withZone(ZoneOffset.UTC);

    private ReadQuestions() {}

    static List<ReadQuestion> of(Library library) throws Exception {
        List<ReadQuestion> all = new ArrayList<>();
        all.add(ReadQuestion.of("first page", "/messages"));
        all.add(ReadQuestion.of("page 2 by number", "/messages?page%5Bnumber%5D=2"));
        all.add(new ReadQuestion("page by cursor, in the middle", cursors(library)));
        threads(library, all);
        all.add(ReadQuestion.of("status failed: same share", "/messages?filter%5BdeliveryStatus%5D=failed"));
        all.add(ReadQuestion.of(
                "status failed, of the newest 10,000: same number",
                "/messages?filter%5BdeliveryStatus%5D=failed&filter%5BcreatedAt%5D%5Bgte%5D="
                        + TIME.format(library.at(1 - 10_000.0 / library.messages()))));
        all.add(new ReadQuestion("created within a day: same share", ranges(library, 86_400)));
        all.add(new ReadQuestion(
                "created within the time of 1,000 messages: same number", ranges(library, library.seconds(1_000))));
        all.add(ReadQuestion.of("metadata, rare value: same number", "/messages?filter%5Bmetadata.vacancy%5D=rare"));
        all.add(ReadQuestion.of(
                "metadata, value in one of 5,000: same share", "/messages?filter%5Bmetadata.vacancy%5D=v21"));
        all.add(ReadQuestion.of("metadata, common value: same share", "/messages?filter%5Bmetadata.source%5D=website"));
        all.add(ReadQuestion.of("search, rare word: same number", search(LibraryRows.RARE)));
        all.add(ReadQuestion.of("search, word in one of 1,000: same share", search(LibraryRows.SELDOM)));
        all.add(ReadQuestion.of(
                "search, word in nine of ten: 9,000 and the newest 10,000", search(LibraryRows.COMMON)));
        all.add(ReadQuestion.of(
                "search, two words: same share", search(LibraryRows.COMMON + "%20" + LibraryRows.SECOND)));
        all.add(new ReadQuestion(
                "threads by candidate",
                library.texts("select '/message-threads?filter%5BcandidateId%5D=' || candidate_id from threads"
                        + " order by random() limit " + SAMPLES)));
        all.add(new ReadQuestion(
                "candidates by phone",
                library.texts("select '/candidates?filter%5Bphone%5D=%2B' || substr(phone, 2) from candidates"
                        + " order by random() limit " + SAMPLES)));
        all.add(new ReadQuestion(
                "one message by id",
                library.texts("select '/messages/' || id from messages tablesample bernoulli (1) limit " + SAMPLES)));
        return all;
    }

    private static void threads(Library library, List<ReadQuestion> all) throws Exception {
        String path = "select '/messages?filter%5BmessageThreadId%5D=' || ";
        List<String> small =
                library.texts(path + "id from threads where not chatbot_paused order by random() limit " + SAMPLES);
        List<String> large = library.texts(path + "id from threads where chatbot_paused order by id limit " + SAMPLES);
        all.add(new ReadQuestion("thread of some 20: same number", small));
        all.add(new ReadQuestion("thread of 5,000: same number", large));
        all.add(new ReadQuestion("thread of some 20, status read: same number", and(small, "read")));
        all.add(new ReadQuestion("thread of 5,000, status read: same number", and(large, "read")));
    }

    private static List<String> and(List<String> paths, String status) {
        return paths.stream()
                .map(path -> path + "&filter%5BdeliveryStatus%5D=" + status)
                .toList();
    }

    private static String search(String words) {
        return "/messages?filter%5Bsearch%5D=" + words;
    }

    private static List<String> ranges(Library library, long seconds) {
        List<String> paths = new ArrayList<>();
        for (int i = 1; i <= SAMPLES; i++) {
            Instant from = library.at(i / (SAMPLES + 2.0));
            paths.add("/messages?filter%5BcreatedAt%5D%5Bgte%5D=" + TIME.format(from)
                    + "&filter%5BcreatedAt%5D%5Blt%5D=" + TIME.format(from.plusSeconds(seconds)));
        }
        return paths;
    }

    private static List<String> cursors(Library library) throws Exception {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String until = TIME.format(library.at(0.4 + i / 100.0));
            String next = library.api()
                    .get("/messages?filter%5BcreatedAt%5D%5Blt%5D=" + until + "&page%5Bafter%5D=&page%5Bsize%5D=1")
                    .path("links")
                    .path("next")
                    .asString();
            String cursor = next.replaceAll(".*page%5Bafter%5D=([^&]*).*", "$1");
            paths.add("/messages?page%5Bafter%5D=" + cursor);
        }
        return paths;
    }
}
