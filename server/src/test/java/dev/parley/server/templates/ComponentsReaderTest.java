package dev.parley.server.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider's rules for new templates, each just under and just over. */
class ComponentsReaderTest {

    private static final String BODY = "{'type':'BODY','text':'Hello'}";

    /** Where it is refused, relative to the components, empty for all of them; ok when it is not. */
    private static String refusal(String components) {
        String json = components.replace('\'', '"');
        for (int most : List.of(10, 15, 20, 21, 25, 26, 60, 61, 1024, 1025, 2000, 2001)) {
            json = json.replace("#" + most + "#", "x".repeat(most));
        }
        return switch (ComponentsReader.parse(Json.MAPPER.readTree("[" + json + "]"), "")) {
            case Parsed.Value value -> "ok";
            case Parsed.Bad(List<Problem> problems) ->
                ((Problem.Source.Pointer)
                                Objects.requireNonNull(problems.getFirst().source()))
                        .value();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{'type':'body','text':'#1024#'}|ok",
                "{'type':'body','text':'#1025#'}|/0/text",
                "{'type':'BODY','text':'  '}|/0/text",
                "{'type':'BODY'}|/0",
                "{'type':'NECK','text':'x'}|/0/type",
                "{'type':'BODY','text':'a','colour':'red'}|/0/colour",
                "{'type':'HEADER','format':'Text','text':'#60#'}|no body",
                "{'type':'BODY','text':'Hi {{1}}, hello','example':{'body_text':[['Ada']]}}|ok",
                "{'type':'BODY','text':'Hi {{1}}, hello'}|/0",
                "{'type':'BODY','text':'Hi {{1}}, hello','example':{'body_text':[['Ada','Bob']]}}|/0/example",
                "{'type':'BODY','text':'Hi {{1}}, hello','example':{'body_text':['Ada']}}|/0/example",
                "{'type':'BODY','text':'Hi {{2}}, hello','example':{'body_text':[['Ada']]}}|/0/text",
                "{'type':'BODY','text':'{{1}}, hello','example':{'body_text':[['Ada']]}}|/0/text",
                "{'type':'BODY','text':'Hello {{1}} ','example':{'body_text':[['Ada']]}}|/0/text",
                "{'type':'BODY','text':'Hi {{1}} {{2}}, hello','example':{'body_text':[['a','b']]}}|/0/text",
                "{'type':'BODY','text':'Hi {{a$b}}, hello','example':{'body_text':[['a']]}}|/0/text",
                "{'type':'BODY','text':'Hi {{first}}, at {{1}} then','example':{'body_text':[['a','b']]}}|/0/text",
                "{'type':'BODY','text':'Hi {{first}}, hello','example':{'body_text_named_params':[{'param_name':'first','example':'Ada'}]}}|ok",
                "{'type':'BODY','text':'Hi {{first}}, hello','example':{'body_text_named_params':[{'param_name':'last','example':'Ada'}]}}|/0/example",
            })
    void bodies(String components, String expected) {
        assertThat(refusal(components)).isEqualTo(expected.equals("no body") ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{'type':'FOOTER','text':'#60#'}|ok",
                "{'type':'FOOTER','text':'#61#'}|/1/text",
                "{'type':'FOOTER','text':'by {{1}}'}|/1/text",
                "{'type':'BODY','text':'again'}|/1/type",
                "{'type':'HEADER','format':'TEXT','text':'#60#'}|ok",
                "{'type':'HEADER','format':'TEXT','text':'#61#'}|/1/text",
                "{'type':'HEADER','format':'TEXT','text':'{{1}}','example':{'header_text':['Ada']}}|ok",
                "{'type':'HEADER','format':'TEXT','text':'{{1}} and {{2}}','example':{'header_text':['a','b']}}|/1/text",
                "{'type':'HEADER','format':'IMAGE'}|/1",
                "{'type':'HEADER','format':'IMAGE','example':{'header_handle':['4::a']}}|ok",
                "{'type':'HEADER','format':'LOCATION'}|ok",
                "{'type':'HEADER','format':'SMELL'}|/1/format",
                "{'type':'BUTTONS','buttons':[]}|/1/buttons",
                "{'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'#25#'}]}|ok",
                "{'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'#26#'}]}|/1/buttons/0",
                "{'type':'BUTTONS','buttons':[{'type':'COPY_CODE','example':'#20#'}]}|ok",
                "{'type':'BUTTONS','buttons':[{'type':'COPY_CODE','example':'#21#'}]}|/1/buttons/0",
                "{'type':'BUTTONS','buttons':[{'type':'URL','text':'a','url':'#2000#'}]}|ok",
                "{'type':'BUTTONS','buttons':[{'type':'URL','text':'a','url':'#2001#'}]}|/1/buttons/0",
                "{'type':'BUTTONS','buttons':[{'type':'URL','text':'a','url':'https://x/{{1}}','example':['y']}]}|ok",
                "{'type':'BUTTONS','buttons':[{'type':'URL','text':'a','url':'https://x/{{1}}/y','example':['y']}]}|/1/buttons/0/url",
                "{'type':'BUTTONS','buttons':[{'type':'URL','text':'a','url':'u'},{'type':'URL','text':'b','url':'u'},{'type':'URL','text':'c','url':'u'}]}|/1/buttons/2",
                "{'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'a'},{'type':'URL','text':'b','url':'u'},{'type':'QUICK_REPLY','text':'c'}]}|/1/buttons",
            })
    void otherComponents(String component, String expected) {
        assertThat(refusal(BODY + "," + component)).isEqualTo(expected);
    }
}
