package io.earshot.control.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.text.Notifications;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTableTest {
    private final CallTable calls = new CallTable(new Notifications());
    private long serial;

    private void status(String line) {
        calls.on(new Event(++serial, List.of(("STATUS," + line).split(",", -1))));
    }

    private String all() {
        return calls.all().stream().map(call -> call.id() + "/" + call.line() + " " + call.direction() + " " + call.peer() + " "
                + call.state() + (call.muted() ? " muted" : "") + (call.held() > 0 ? " held" + call.held() : "")).toList().toString();
    }

    @Test
    void aCallIsWhatItsStatusLinesSay() {
        status("0,Registered,me,me,1,server,[r],1,2,0,0,0");
        status("1,CallSetup,bob,me,1,bob,[x],1,2,1,0,0,0,0,,,,,,");
        assertEquals("[1/1 outgoing bob starting]", all());
        status("1,Ringing,bob,me,1,bob,[x],1,2,1,0,0,0,0,,,,,,");
        assertEquals("[1/1 outgoing bob ringing]", all());
        status("1,CallConnect,bob,me,1,bob,0,0,0,100,,[x],1,2,2,0,0,0,0");
        assertEquals("[1/1 outgoing bob connected]", all());
        status("1,Speaking,bob,me,1,bob,[x],1,2,2,4,2,0,0,,,,,,");
        assertEquals("[1/1 outgoing bob connected muted held2]", all());
        status("1,CallDisconnect,bob,me,1,bob,[x],1,2,0,0,0,0,0,,,,,,");
        status("1,Finished,bob,me,1,bob,[x],1,2,0,0,0,0,0,,,,,,");
        assertEquals("[]", all());
        status("1,Ringing,eve,me,2,Eve,[y],1,2,1,0,0,0,0,,,,,,");
        assertEquals("[2/1 incoming eve ringing]", all());
    }

    @Test
    void anIdentifierIsKnownBeforeTheFirstStatus() {
        CallTable.Entry call = calls.reserve("bob");
        assertEquals("[1/1 outgoing bob starting]", all());
        status("1,CallSetup,bob,me,1,bob,[x],1,2,1,0,0,0,0,,,,,,");
        assertEquals("x", calls.find(call.id()).orElseThrow().callId());
        CallTable.Entry second = calls.reserve("carol");
        assertEquals(2, second.line());
        calls.release(second);
        calls.release(call);
        assertEquals("[1/1 outgoing bob starting]", all());
    }

    @Test
    void aLineTakenByAnIncomingCallInTheMeantimeMovesOurs() {
        CallTable.Entry ours = calls.reserve("bob");
        status("1,Ringing,eve,me,2,Eve,[y],1,2,1,0,0,0,0,,,,,,");
        status("2,CallSetup,bob,me,1,bob,[x],1,2,1,0,0,0,0,,,,,,");
        assertEquals("[2/1 incoming eve ringing, 1/2 outgoing bob starting]", all());
        assertEquals(2, calls.find(ours.id()).orElseThrow().line());
    }

    @Test
    void brokenLinesChangeNothing() {
        for (String line : List.of("", "x", "1,Ringing", "99999999999,Ringing,a,b,1,c,[d],1,2,1,0,0", "-5,Ringing,a,b,1,c,[d],1,2,1,0,0",
                "99999,Ringing,a,b,1,c,[d],1,2,1,0,0", "1")) {
            status(line);
        }
        calls.on(new Event(1, List.of()));
        assertTrue(calls.all().isEmpty());
    }
}
