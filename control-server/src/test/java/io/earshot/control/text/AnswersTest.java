package io.earshot.control.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Answers usual = new Answers(false);
    private final Answers windows = new Answers(true);
    private final RequestReader reader = new RequestReader(new Functions());

    private Command read(String text) {
        return assertInstanceOf(Reading.Read.class, reader.read(text)).command();
    }

    @Test
    void answersAreTheOnesThatTheDocumentsPrint() {
        Command query = read("?function=API_Call&line=1&peer=1234");
        assertEquals("APIREQUEST:API_CallRPARAM1:1RPARAM2:1234APIRESULT:OK: initiated", usual.text(query, "OK: initiated"));
        Command capsule = read("BOFCOMMAND BOFLINE function=API_Call EOFLINE "
                + "BOFLINE line=-1 EOFLINE BOFLINE peer=123456 EOFLINE EOFCOMMAND");
        assertEquals("APIREQUEST: API_Call RPARAM1:-1 RPARAM2:123456 APIRESULT:true", windows.text(capsule, "OK: initiated"));
        assertEquals("APIREQUEST: API_Call RPARAM1:-1 RPARAM2:123456 APIRESULT:false", windows.text(capsule, "ERROR: failed"));
        Command comma = read("API_Call,-1,123456");
        assertEquals("OK: API_Call succeed", windows.text(comma, "OK: initiated"));
        assertEquals("ERROR: API_Call failed", usual.text(comma, "ERROR: failed"));
    }

    @Test
    void numbersAndTextsBetweenCommasAreBare() {
        assertEquals("42", usual.text(read("API_TestEx"), "OK: 42"));
        assertEquals("hello", usual.text(read("API_TestEcho,hello"), "hello"));
        assertEquals("ERROR: no such line", usual.text(read("API_GetSIPHeader,7,To"), "ERROR: no such line"));
        assertEquals("ERROR: API_IsOnline failed", usual.text(read("API_IsOnline"), "OK: false"));
    }

    @Test
    void answersDoNotRepeatWhatMayBeSecret() {
        Command command = read("?function=API_Register&server=s&username=u&password=hidden");
        assertEquals("APIREQUEST:API_RegisterAPIRESULT:OK: initiated", usual.text(command, "OK: initiated"));
    }

    @Test
    void anAnswerInAStreamIsOneLine() {
        assertEquals("aCRLFbCRLFcCRLF", Answers.oneLine("a\r\nb\nc\r"));
        assertEquals("APIREQUEST:API_TestEchoRPARAM1:aCRLFbAPIRESULT:x",
                usual.text(read("{\"function\":\"API_TestEcho\",\"echo\":\"a\\r\\nb\"}"), "x"));
    }

    @Test
    void jsonHasTypedValues() {
        assertEquals("{\"function\":\"API_Call\",\"ok\":true,\"result\":\"OK: initiated\",\"value\":true}",
                Answers.json(read("API_Call,-1,1"), "OK: initiated"));
        assertEquals("{\"function\":\"API_TestEx\",\"ok\":true,\"result\":\"OK: 42\",\"value\":42}",
                Answers.json(read("API_TestEx"), "OK: 42"));
        assertEquals("{\"function\":\"API_TestEcho\",\"ok\":true,\"result\":\"\\\"\",\"value\":\"\\\"\"}",
                Answers.json(read("API_TestEcho,x"), "\""));
    }

    @Test
    void xmlAndSoapEscape() {
        Command command = read("API_TestEcho,x");
        assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><function>API_TestEcho</function><ok>true</ok>"
                + "<result>&lt;a&gt;&amp;</result></response>\n", Answers.xml(command, "<a>&\u0001\uD800"));
        assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
                + "<soap:Body><API_TestEchoResponse><result>x</result></API_TestEchoResponse></soap:Body></soap:Envelope>\n",
                Answers.soap(command, "x"));
    }
}
