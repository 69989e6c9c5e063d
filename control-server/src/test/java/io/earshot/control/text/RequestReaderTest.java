package io.earshot.control.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.text.Command.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final Functions FUNCTIONS = new Functions();

    private final RequestReader reader = new RequestReader(FUNCTIONS);

    private Command read(String text) {
        return assertInstanceOf(Reading.Read.class, reader.read(text), text).command();
    }

    private String refused(String text) {
        return assertInstanceOf(Reading.Unreadable.class, reader.read(text), text).why();
    }

    /** The same call, in every form that the documents print. */
    @ParameterizedTest
    @ValueSource(strings = {
        "?function=API_Call&line=-1&peer=1234",
        "/?function=API_Call&line=-1&peer=1234",
        "function=api_call&LINE=-1&Peer=1234",
        "?function=API_Call&param1=-1&param2=1234",
        "?function=API_Call&line=-1&param2=1234",
        "?line=-1&peer=12%334&function=API%5FCall\r\n",
        "BOFCOMMANDBOFLINEfunction=API_CallEOFLINEBOFLINEparam1=-1EOFLINEBOFLINEparam2=1234EOFLINEEOFCOMMAND",
        "BOFCOMMAND BOFLINE function=API_Call EOFLINE BOFLINE line=-1 EOFLINE BOFLINE peer=1234 EOFLINE EOFCOMMAND",
        "BOFCOMMAND BOFLINE API_Call EOFLINE BOFLINE -1 EOFLINE BOFLINE 1234 EOFLINE EOFCOMMAND \r\n",
        "API_Call,-1, 1234 \r\n",
        "api_call , -1,1234",
        "{\"function\":\"API_Call\",\"line\":-1,\"peer\":\"1234\"}",
        "{\"function\":\"Call\",\"param1\":\"-1\",\"param2\":1234}",
        "<request><function>API_Call</function><line>-1</line><peer>1234</peer></request>",
        "<?xml version=\"1.0\"?><r><param2>1234</param2><param1>-1</param1><function>API_Call</function></r>",
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><API_Call><line>-1</line><peer>1234</peer></API_Call>"
            + "</s:Body></s:Envelope>"})
    void everyDialectSaysTheSame(String text) {
        Command command = read(text);
        assertEquals("API_Call", command.function());
        assertEquals(Map.of("line", "-1", "peer", "1234"), command.named());
    }

    @Test
    void aValueBetweenLineMarksKeepsItsLineBreaksAndCommas() {
        Command command = read("BOFCOMMAND BOFLINE function=API_SetParameters EOFLINE "
                + "BOFLINE serveraddress=a,b\r\nusername=c EOFLINE EOFCOMMAND");
        assertEquals("serveraddress=a,b\r\nusername=c", command.argument("parameters", 1).orElseThrow());
    }

    @Test
    void onlyOneBlankNextToAMarkIsTakenAway() {
        assertEquals(" two ", read("BOFCOMMAND BOFLINE API_TestEcho EOFLINE BOFLINE   two   EOFLINE EOFCOMMAND").argument("echo", 1)
                .map(text -> text.substring(1, text.length() - 1)).orElseThrow());
    }

    @Test
    void theWordCrlfStandsForALineBreakBetweenCommas() {
        Command command = read("API_SetParameters,serveraddress=host CRLF username=u CRLF password=a,b CRLF loglevel=5 \r\n");
        assertEquals("serveraddress=host\r\nusername=u\r\npassword=a,b\r\nloglevel=5", command.argument("parameters", 1).orElseThrow());
    }

    @Test
    void theLastParameterKeepsItsCommas() {
        assertEquals("123,456", read("API_Call,-1,123,456").argument("peer", 2).orElseThrow());
    }

    @Test
    void aChatMessageHasThreeParametersBetweenCommasAndThreeOrFourByPosition() {
        for (String text : List.of("API_SendChat,-1,bob,hello, you", "?function=API_SendChat&line=-1&peer=bob&message=hello,%20you",
                "BOFCOMMAND BOFLINE API_SendChat EOFLINE BOFLINE -1 EOFLINE BOFLINE bob EOFLINE BOFLINE hello, you EOFLINE EOFCOMMAND",
                "BOFCOMMAND BOFLINE API_SendChat EOFLINE BOFLINE -1 EOFLINE BOFLINE bob EOFLINE BOFLINE EOFLINE BOFLINE hello, you EOFLINE "
                        + "EOFCOMMAND")) {
            Command command = read(text);
            assertEquals("bob", command.argument("peer", 2).orElseThrow(), text);
            assertEquals("", command.argument("group", 3).orElse(""), text);
            assertEquals("hello, you", command.argument("message", 4).orElseThrow(), text);
        }
    }

    @Test
    void functionsWithoutParametersNeedNothingMore() {
        assertEquals("API_Start", read("API_Start").function());
        assertEquals(List.of(), read("API_Hangup").parameters());
    }

    @Test
    void bothNamesInOneRequestAreFineAndTheFirstCounts() {
        assertEquals(Map.of("line", "1", "peer", "2", "colour", "red"),
                read("?function=API_Call&line=1&param1=7&param2=2&colour=red").named());
    }

    @Test
    void whatIsNoRequestIsRefusedWithASentence() {
        assertEquals("the request is empty", refused(" \r\n"));
        assertEquals("not a command: write API_Call,-1,1234 or ?function=API_Call&line=-1&peer=1234", refused("hello there"));
        assertEquals("function is missing: write ?function=NAME&parameter=value", refused("?line=-1"));
        assertEquals("function is missing: write ?function=NAME&parameter=value", refused("?function=&line=-1"));
        assertEquals("a BOFCOMMAND holds lines from BOFLINE to EOFLINE, then EOFCOMMAND", refused("BOFCOMMAND BOFLINE API_Call"));
        assertEquals("the first line of a BOFCOMMAND names the function", refused("BOFCOMMANDEOFCOMMAND"));
        assertEquals("a value cannot hold the words that mark lines",
                refused("BOFCOMMAND BOFLINE API_TestEcho EOFLINE BOFLINE BOFLINE x EOFLINE EOFCOMMAND"));
        assertTrue(refused("{\"function\":").startsWith("not a JSON object"));
        assertTrue(refused("{\"line\":1}").startsWith("member function is missing"));
        assertTrue(refused("{\"function\":\"API_Call\",\"peer\":{}}").startsWith("member peer must be"));
        assertTrue(refused("<a><b>").startsWith("not well-formed"));
        assertEquals("element function is missing", refused("<a><b/></a>"));
    }

    @Test
    void nestingThatNoRequestNeedsIsRefusedWithoutRecursion() {
        refused("{\"function\":\"API_Test\",\"a\":" + "[".repeat(200_000));
        refused("<a>".repeat(100_000));
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        refused("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><function>API_TestEcho</function><echo>&x;</echo></a>");
        refused("<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]>"
                + "<a><function>API_TestEcho</function><echo>&y;</echo></a>");
    }

    @Test
    void bytesComeInEveryAlphabetOfBase64() {
        for (String text : List.of("+/v7/w==", "-_v7_w", "_-v7-w..")) {
            Command command = Command.of(FUNCTIONS, "API_StreamSoundBuff", List.of(new Command.Parameter("buff", text)), Dialect.QUERY);
            assertEquals("+/v7/w==", SoundText.arguments(command).get("buff"), text);
        }
        assertEquals("_-v7-w..", SoundText.substituted("+/v7/w=="));
    }
}
