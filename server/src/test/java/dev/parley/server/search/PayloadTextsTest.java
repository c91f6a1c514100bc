package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'text','text':{'value':'Hello'},'context':{'messageId':'x'}} | Hello",
                "{'type':'image','image':{'mime_type':'image/png','filename':'cv.png','caption':'My CV','sha256':'ff','url':'/u'}} | cv.png,My CV",
                "{'type':'template','template':{'id':'i','name':'hi','components':[{'parameters':[{'text':'Ada'}]}],'rendered':{'body':'Dear Ada','footer':'Bye'}}} | hi,Dear Ada,Bye",
                "{'type':'location','location':{'latitude':1,'name':'Office','address':'Main street 1'}} | Office,Main street 1",
                "{'type':'contacts','contacts':[{'name':{'formatted_name':'Ada Byron'},'phones':[{'phone':'+31 6','type':'HOME','wa_id':'316'}],'org':{'company':'Acme'}}]} | Ada Byron,+31 6,Acme",
                "{'type':'interactive','interactive':{'type':'list','body':{'text':'Choose'},'action':{'button':'Open','sections':[{'title':'Days','rows':[{'id':'d1','title':'Monday','description':'at ten'}]}]}}} | Choose,Open,Days,Monday,at ten",
                "{'type':'unsupported','unsupported':{'type':'image'}} | ``",
            })
    void takesWhatAReaderSees(String payload, String texts) {
        assertThat(String.join(",", PayloadTexts.of(payload.replace('\'', '"'))))
                .isEqualTo(texts);
    }
}
