package dev.parley.server.platform.jsonapi;

import static dev.parley.server.platform.jsonapi.ToyServer.errors;
import static dev.parley.server.platform.jsonapi.ToyServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class IncludingTest {

    private Shelf shelf;

    @BeforeEach
    void start() throws Exception {
        shelf = new Shelf();
    }

    @AfterEach
    void stop() {
        shelf.close();
    }

    private UUID author(Map<String, UUID> ids) {
        return Shelf.put(shelf.authors, ids);
    }

    private UUID book(UUID author) {
        return Shelf.put(shelf.books, Map.of("authorId", author));
    }

    private List<String> books(UUID author, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(book(author).toString());
        }
        return ids;
    }

    private static List<String> ids(JsonNode resources) {
        return StreamSupport.stream(resources.spliterator(), false)
                .map(one -> one.get("id").stringValue())
                .toList();
    }

    @Test
    void includesWhatEachPathLeadsToOnceWithOneQuestionAStep() {
        UUID mentor = author(Map.of());
        UUID first = author(Map.of("mentorId", mentor));
        UUID second = author(Map.of("mentorId", mentor));
        UUID ofFirst = book(first);
        book(first);
        book(second);
        UUID ofNobody = Shelf.put(shelf.books, Map.of());
        JsonNode page = json(shelf.get("/toy-books?include=author.mentor,author,editor"));
        assertThat(ids(page.get("data"))).hasSize(4).contains(ofFirst.toString());
        assertThat(ids(page.get("included"))).containsExactly(first.toString(), second.toString(), mentor.toString());
        assertThat(shelf.asked).containsExactly("toyAuthors byIds 2", "toyAuthors byIds 1");
        assertThat(page.at("/included/0").toString()).isEqualTo("""
                {"type":"toyAuthors","id":"FIRST","attributes":{"mentorId":"MENTOR"},"relationships":{\
                "organization":{"links":{"related":"/public/v2/organizations/ORG"},\
                "data":{"type":"organizations","id":"ORG"}},\
                "mentor":{"links":{"related":"/public/v2/toy-authors/MENTOR"},\
                "data":{"type":"toyAuthors","id":"MENTOR"}},\
                "books":{"links":{"related":"/public/v2/toy-books?filter%5BauthorId%5D=FIRST"}},\
                "edited":{"links":{"related":"/public/v2/toy-books?filter%5BeditorId%5D=FIRST"}}},\
                "links":{"self":"/public/v2/toy-authors/FIRST"}}""".replace("FIRST", first.toString())
                .replace("MENTOR", mentor.toString())
                .replace("ORG", Shelf.ORGANIZATION.toString()));
        assertThat(ids(page.get("data"))).last().isEqualTo(ofNobody.toString());
        assertThat(page.at("/data/3/relationships/author/data").isNull()).isTrue();
        assertThat(page.at("/links/next").isNull()).isTrue();
        assertThat(page.at("/links/self").stringValue()).contains("include=author.mentor%2Cauthor%2Ceditor");
    }

    @Test
    void neverIncludesWhatTheDocumentIsAbout() {
        UUID own = author(Map.of());
        UUID other = author(Map.of("mentorId", own));
        JsonNode page = json(shelf.get("/toy-authors?include=mentor"));
        assertThat(ids(page.get("data"))).containsExactly(own.toString(), other.toString());
        assertThat(page.get("included")).isEmpty();
        assertThat(shelf.asked).isEmpty();
        UUID written = book(own);
        JsonNode one = json(shelf.get("/toy-books/" + written + "?include=author.books"));
        assertThat(ids(one.get("included"))).containsExactly(own.toString());
        assertThat(ids(one.at("/included/0/relationships/books/data"))).containsExactly(written.toString());
    }

    @Test
    void whatIsGoneLeavesAnEmptyLinkage() {
        UUID gone = new UUID(9, 9);
        JsonNode one = json(shelf.get("/toy-books/" + book(gone) + "?include=author"));
        assertThat(one.get("included")).isEmpty();
        assertThat(one.at("/data/relationships/author").toString()).isEqualTo("{\"data\":null}");
        assertThat(one.at("/data/attributes/authorId").stringValue()).isEqualTo(gone.toString());
    }

    @Test
    void followsAResourceToTheOneInItsPlace() {
        UUID kept = author(Map.of());
        UUID old = new UUID(9, 9);
        shelf.authors.redirects.put(old, kept);
        book(old);
        book(kept);
        JsonNode page = json(shelf.get("/toy-books?include=author"));
        assertThat(ids(page.get("included"))).containsExactly(kept.toString());
        for (JsonNode one : page.get("data")) {
            assertThat(one.at("/relationships/author/data/id").stringValue()).isEqualTo(kept.toString());
            assertThat(one.at("/attributes/authorId").stringValue()).isEqualTo(kept.toString());
        }
    }

    @Test
    void showsTheNewestHundredOfManyAndWhereTheyGoOn() {
        UUID author = author(Map.of());
        List<String> all = books(author, 101);
        JsonNode one = json(shelf.get("/toy-authors/" + author + "?include=books"));
        Collections.reverse(all);
        assertThat(ids(one.get("included"))).isEqualTo(all.subList(0, 100));
        JsonNode relation = one.at("/data/relationships/books");
        assertThat(ids(relation.get("data"))).isEqualTo(all.subList(0, 100));
        String list = "/public/v2/toy-books?filter%5BauthorId%5D=" + author;
        assertThat(relation.get("links").toString())
                .isEqualTo("{\"related\":\"" + list + "\",\"next\":\"" + list
                        + "&page%5Bnumber%5D=2&page%5Bsize%5D=100\"}");
        UUID another = author(Map.of());
        books(another, 100);
        JsonNode whole = json(shelf.get("/toy-authors/" + another + "?include=books"));
        assertThat(whole.get("included")).hasSize(100);
        assertThat(whole.at("/data/relationships/books/links/next").isNull()).isTrue();
        UUID without = author(Map.of());
        JsonNode none = json(shelf.get("/toy-authors/" + without + "?include=books"));
        assertThat(none.at("/data/relationships/books/data").toString()).isEqualTo("[]");
        assertThat(none.get("included")).isEmpty();
    }

    @Test
    void sharesTheRoomAmongThoseOfAPage() {
        UUID mentor = author(Map.of());
        for (int i = 0; i < 99; i++) {
            books(author(Map.of("mentorId", mentor)), 12);
        }
        JsonNode page = json(shelf.get("/toy-authors?page%5Bsize%5D=100&include=books.editor,books"));
        assertThat(page.get("included")).hasSize(99 * 5);
        JsonNode links = page.at("/data/1/relationships/books/links");
        assertThat(links.get("next").stringValue()).endsWith("page%5Bnumber%5D=2&page%5Bsize%5D=5");
        assertThat(page.at("/data/0/relationships/books/links/next").isNull()).isTrue();
        assertThat(json(shelf.get("/toy-authors?page%5Bsize%5D=100&include=books"))
                        .get("included"))
                .hasSize(990);
        assertThat(shelf.asked).containsExactly("toyBooks newest 100 of 6", "toyBooks newest 100 of 11");
    }

    @Test
    void refusesMoreThanADocumentHolds() throws Exception {
        Includables includables = new Includables();
        ResourceType people = ResourceType.named("people")
                .relation(Relation.toOne("boss", "people"))
                .build();
        includables.add(people, shelf.authors);
        List<Resource> primary = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            primary.add(new Resource(
                    new UUID(1, i), Json.MAPPER.createObjectNode().put("bossId", new UUID(2, i).toString()), null));
        }
        IncludeTree boss = IncludeReader.read(people, includables, "boss").tree();
        Compound small = new Compound(people, primary);
        assertThat(new Inclusion(includables, Shelf.ORGANIZATION, small, 3).follow(boss))
                .isNull();
        Problem refused = new Inclusion(includables, Shelf.ORGANIZATION, new Compound(people, primary), 2).follow(boss);
        assertThat(refused.detail()).contains("at most 2 resources");
        assertThat(refused.source()).isEqualTo(new Problem.Source.Parameter("include"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope | 400 unknown_include include | There is no path nope to include. There are: author, editor.",
                "autor | 400 unknown_include include | Did you mean author?",
                "author.nope | 400 unknown_include include | There are: author.books, author.mentor.",
                "author.edited | 400 unknown_include include | There is no path author.edited to include.",
                "printer | 400 unknown_include include | There is no path printer to include.",
                "author,,editor | 400 unknown_include include | There are: author, editor.",
                "author. | 400 unknown_include include | There are: author.books, author.mentor.",
                "author.mentor.mentor.mentor.mentor | 400 invalid_query_parameter include | at most 4 relationships",
                "a,b,c,d,e,f,g,h,i,j,k | 400 invalid_query_parameter include | at most 10 paths",
                "author&include=editor | 400 invalid_query_parameter include | Give include once",
            })
    void refusesPathsByName(String include, String error, String detail) {
        for (String path : List.of("/toy-books", "/toy-books/" + new UUID(8, 1))) {
            HttpResponse<String> answer = shelf.get(path + "?include=" + include);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(errors(answer)).containsExactly(error);
            assertThat(json(answer).at("/errors/0/detail").stringValue()).contains(detail);
        }
    }

    @Test
    void reportsEachUnknownPathWithTheNearest() {
        HttpResponse<String> answer = shelf.get("/toy-books?include=autor,author.mentro,author");
        assertThat(errors(answer)).containsExactly("400 unknown_include include", "400 unknown_include include");
        assertThat(json(answer).at("/errors/0/meta/nearest").stringValue()).isEqualTo("author");
        assertThat(json(answer).at("/errors/1/meta/nearest").stringValue()).isEqualTo("author.mentor");
        assertThat(json(shelf.get("/toy-books?include=" + "x".repeat(3000)))
                        .at("/errors/0/detail")
                        .stringValue())
                .hasSizeLessThan(300)
                .contains("There are: author, editor.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/toy-books?include=", "/toy-books/00000000-0000-0008-0000-000000000001?include="})
    void anEmptyIncludeIncludesNothing(String path) {
        book(author(Map.of()));
        JsonNode document = json(shelf.get(path));
        assertThat(document.get("included").toString()).isEqualTo("[]");
        assertThat(json(shelf.get(path.replace("?include=", ""))).has("included"))
                .isFalse();
    }

    @Test
    void writesIncludeWhatTheyLeadTo() {
        UUID author = author(Map.of());
        String body = "{\"data\":{\"type\":\"toyBooks\",\"attributes\":{\"authorId\":\"" + author + "\"}}}";
        HttpResponse<String> made = shelf.send("POST", "/toy-books?include=author.books", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = json(made).at("/data/id").stringValue();
        assertThat(ids(json(made).get("included"))).containsExactly(author.toString());
        assertThat(ids(json(made).at("/included/0/relationships/books/data"))).containsExactly(id);
        String change = "{\"data\":{\"type\":\"toyBooks\",\"attributes\":{\"name\":\"n\"}}}";
        JsonNode changed = json(shelf.send("PATCH", "/toy-books/" + id + "?include=author", change));
        assertThat(ids(changed.get("included"))).containsExactly(author.toString());
        assertThat(changed.at("/meta/ignored/0").stringValue()).isEqualTo("name");
        assertThat(json(shelf.send("POST", "/toy-books?include=", body))
                        .get("included")
                        .toString())
                .isEqualTo("[]");
        assertThat(json(shelf.send("POST", "/toy-books", body)).has("included")).isFalse();
    }

    @Test
    void aWriteThatCannotIncludeWhatItIsToIsNotMade() {
        String body = "{\"data\":{\"type\":\"toyBooks\"}}";
        assertThat(errors(shelf.send("POST", "/toy-books?include=autor", body)))
                .containsExactly("400 unknown_include include");
        assertThat(shelf.books.all).isEmpty();
    }

    @Test
    void aDeletionIncludesNothing() {
        assertThat(errors(shelf.send("DELETE", "/toy-books/" + new UUID(8, 1) + "?include=author", null)))
                .containsExactly("400 unknown_query_parameter include");
    }

    @Test
    void aMissingResourceIsMissingWhateverIsIncluded() {
        assertThat(errors(shelf.get("/toy-books/" + UUID.randomUUID() + "?include=author")))
                .containsExactly("404 not_found");
        assertThat(shelf.asked).isEmpty();
    }
}
