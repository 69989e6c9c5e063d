package io.earshot.control.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import io.earshot.control.FakeTarget;
import io.earshot.control.desk.Desk;
import io.earshot.control.text.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RestDoorTest {
    private final FakeTarget target = new FakeTarget();
    private final Desk desk = new Desk(target, -1, 60, Runnable::run, Runnable::run);
    private final RestDoor door = new RestDoor(desk);

    private RestAnswer ask(String method, String path, String body) {
        List<RestAnswer> answers = new ArrayList<>();
        door.handle(method, path, body, 0, answers::add);
        assertEquals(1, answers.size());
        return answers.get(0);
    }

    private void status(String line) {
        desk.publish(List.of(("STATUS," + line).split(",", -1)));
    }

    @Test
    void aCallIsMadeSeenAndEnded() {
        RestAnswer made = ask("POST", "/calls", "{\"to\":\"bob\"}");
        assertEquals(201, made.status());
        assertEquals("/calls/1", made.location());
        status("1,Speaking,bob,me,1,bob,[x],1,2,2,0,0,0,0,,,,,,");
        assertEquals("{\"id\":\"1\",\"line\":1,\"direction\":\"outgoing\",\"state\":\"connected\",\"status\":\"Speaking\",\"peer\":\"bob\","
                + "\"callId\":\"x\",\"muted\":false,\"held\":false,\"heldByPeer\":false}", ask("GET", "/calls/1", "").json());
        assertEquals(202, ask("POST", "/calls/1/dtmf", "{\"digits\":\"12#\"}").status());
        assertEquals(202, ask("POST", "/calls/1/hold", "").status());
        assertEquals(202, ask("POST", "/calls/1/resume", "{}").status());
        assertEquals(202, ask("POST", "/calls/1/record", "{\"file\":\"a.wav\"}").status());
        assertEquals(204, ask("DELETE", "/calls/1/record", "").status());
        assertEquals(202, ask("POST", "/calls/1/play", "{\"file\":\"b.wav\",\"loop\":true}").status());
        assertEquals(202, ask("POST", "/calls/1/mute", "{\"direction\":\"both\"}").status());
        assertEquals(204, ask("DELETE", "/calls/1", "").status());
        assertEquals(List.of("API_Call{line=1, peer=bob}", "API_Dtmf{dtmf=12#, line=1}", "API_Hold{hold=true, line=1}",
                "API_Hold{hold=false, line=1}", "API_VoiceRecord{filename=a.wav, line=1, now=1, startstop=1}",
                "API_VoiceRecord{filename=, line=1, now=1, startstop=0}",
                "API_PlaySound{async=true, audiodevice=, file=b.wav, islocal=false, isring=false, line=1, looping=1, "
                    + "start=1, toremotepeer=true}",
                "API_MuteEx{direction=0, line=1, mute=true}", "API_Hangup{line=1, reasontext=}"), target.ran);
        status("1,Finished,bob,me,1,bob,[x],1,2,0,0,0,0,0,,,,,,");
        assertEquals("[]", ask("GET", "/calls", "").json());
        assertEquals(404, ask("DELETE", "/calls/1", "").status());
    }

    @Test
    void whatFailsSaysWhy() {
        RestAnswer failed = ask("POST", "/calls", "{\"to\":\"nobody\"}");
        assertEquals(409, failed.status());
        assertEquals("[]", ask("GET", "/calls", "").json());
        assertEquals(new RestAnswer(400, "{\"error\":\"member to is missing: a number, user or SIP address\"}", ""),
                ask("POST", "/calls", "{}"));
        assertEquals(400, ask("POST", "/calls", "{\"to\":[]}").status());
        assertEquals(400, ask("POST", "/calls", "[1]").status());
        assertEquals(400, ask("POST", "/calls", "{").status());
        assertEquals(404, ask("GET", "/nothing", "").status());
        assertEquals("{\"error\":\"Here is only GET, POST.\"}", ask("PUT", "/calls", "").json());
        assertEquals(405, ask("PUT", "/calls", "").status());
    }

    @Test
    void theReasonIsTheErrorThatWasNotifiedMeanwhile() {
        Desk told = new Desk((function, arguments) -> {
            this.publish.run();
            return "ERROR: failed";
        }, -1, 60, Runnable::run, Runnable::run);
        publish = () -> told.publish(List.of("EVENT", "ERROR", "There is no such call on line 7."));
        List<RestAnswer> answers = new ArrayList<>();
        new RestDoor(told).handle("POST", "/conference", "", 0, answers::add);
        assertEquals("{\"error\":\"ERROR: There is no such call on line 7.\"}", answers.get(0).json());
    }

    private Runnable publish = () -> { };

    @Test
    void accountsMessagesRecordsAndParameters() {
        assertEquals(202, ask("POST", "/accounts", "{\"server\":\"s\",\"username\":\"u\",\"password\":\"p\"}").status());
        status("0,Registered,me,me,1,sip.example.com,[r],1,2,0,0,0,0,0,,,,,,");
        assertEquals("[{\"id\":\"1\",\"user\":\"me\",\"server\":\"sip.example.com\",\"registered\":true}]",
                ask("GET", "/accounts", "").json());
        assertEquals(204, ask("DELETE", "/accounts/1", "").status());
        assertEquals(404, ask("DELETE", "/accounts/2", "").status());
        assertEquals(202, ask("POST", "/messages", "{\"to\":\"bob\",\"text\":\"a, b\"}").status());
        assertEquals(202, ask("POST", "/messages", "{\"to\":\"bob\",\"text\":\"x\",\"sms\":true}").status());
        assertEquals(202, ask("POST", "/parameters", "{\"loglevel\":5,\"codec\":\"pcmu\"}").status());
        assertEquals(400, ask("POST", "/parameters", "{\"a\":\"x\\r\\nb=c\"}").status());
        assertEquals(List.of("API_Register{authname=, displayname=, password=p, server=s, username=u}", "API_Unregister{waitfor=-1}",
                "API_SendChat{group=, line=-1, message=a, b, peer=bob}", "API_SendSMS{line=-1, message=x, peer=bob}",
                "API_SetParameters{parameters=loglevel=5\r\ncodec=pcmu}"), target.ran);
        desk.publish(List.of("CHAT", "1", "bob", "hi, there"));
        desk.publish(List.of("CDR", "1", "bob", "me", "bob", "host", "10", "20", "1", "User Hung Up"));
        assertEquals("[{\"id\":2,\"line\":\"1\",\"peername\":\"bob\",\"text\":\"hi, there\"}]", ask("GET", "/messages", "").json());
        assertTrue(ask("GET", "/records", "").json().contains("\"reasontext\":\"User Hung Up\""));
    }

    @Test
    void everyFunctionIsThereByItsName() throws Exception {
        assertEquals("{\"function\":\"API_TestEx\",\"ok\":true,\"result\":\"OK: 42\",\"value\":42}",
                ask("POST", "/functions/API_TestEx", "").json());
        assertEquals("hey",
                JsonParser.object().from(ask("POST", "/functions/api_testecho", "{\"echo\":\"hey\"}").json()).getString("value"));
        assertEquals(404, ask("POST", "/functions/API_Nothing", "").status());
        assertEquals(400, ask("POST", "/functions/API_Call", "{\"peer\":{}}").status());
    }

    @Test
    void theOpenApiDocumentNamesEveryOperationAndEveryFunctionOnce() throws Exception {
        JsonObject document = JsonParser.object().from(Documents.openApi(door, desk.functions()));
        assertEquals("3.1.0", document.getString("openapi"));
        Set<String> ids = new TreeSet<>();
        int count = 0;
        for (Object path : document.getObject("paths").values()) {
            for (Object operation : ((JsonObject) path).values()) {
                JsonObject described = (JsonObject) operation;
                ids.add(described.getString("operationId"));
                count++;
                assertTrue(!described.getString("summary").isEmpty() && !described.getObject("responses").isEmpty());
            }
        }
        assertEquals(count, ids.size());
        door.operations().forEach(operation -> assertTrue(ids.contains(operation.id()), operation.id()));
        desk.functions().all().stream().map(Signature::name).forEach(name -> assertTrue(ids.contains(name), name));
    }

    /** Follows every reference of a document. */
    private static void follow(JsonObject document, Object part) {
        if (part instanceof JsonObject object) {
            if (object.get("$ref") instanceof String reference) {
                Object found = document;
                for (String name : reference.substring(2).split("/")) {
                    found = found instanceof JsonObject inside ? inside.get(name) : null;
                }
                assertTrue(found != null, reference);
            }
            object.values().forEach(value -> follow(document, value));
        } else if (part instanceof List<?> list) {
            list.forEach(value -> follow(document, value));
        }
    }

    @Test
    void everyReferenceOfTheDocumentsLeadsSomewhere() throws Exception {
        for (String text : List.of(Documents.openApi(door, desk.functions()), Documents.asyncApi(desk.notifications()))) {
            JsonObject document = JsonParser.object().from(text);
            follow(document, document);
        }
    }

    @Test
    void theAsyncApiDocumentNamesEveryNotification() throws Exception {
        JsonObject document = JsonParser.object().from(Documents.asyncApi(desk.notifications()));
        JsonObject messages = document.getObject("components").getObject("messages");
        desk.notifications().all().forEach(kind -> assertTrue(messages.containsKey(kind.type()), kind.type()));
        JsonObject used = document.getObject("channels").getObject("socket").getObject("messages");
        assertEquals(messages.keySet(), used.keySet());
    }
}
