package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;

import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** With what calls that come in are answered and refused, and how long they wait for that. */
final class ClassicAnswering {
    static final List<ClassicParameter> ROWS = ParameterGroup.CALL.live(
            number("no_answer_timeout", 0, 86_400, 0, "seconds after which a call that nobody answers is refused with 408; 0 for never; 60 "
                    + "with jssip.uri", "jssip.no_answer_timeout"),
            number("pjsua.call_answer.code", 100, 699, 200, "what API_Accept answers: 100 to 199 that it rings, 200 to 299 the call, 300 "
                    + "to 699 refuses it"),
            number("pjsua.call_hangup.code", 0, 699, 486, "with what API_Reject refuses, 300 to 699; 0 is 603"));

    private static final int TIMED_OUT = 408;
    private static final int DECLINE = 603;
    private static final int ANSWERED = 200;
    private static final int REFUSED = 300;

    private final ClassicPhone phone;

    ClassicAnswering(ClassicPhone phone) {
        this.phone = phone;
    }

    /** A call has come: it may ring as long as {@code no_answer_timeout} says. */
    void begin(ClassicLine line, IncomingCall call) {
        long seconds = phone.parameters().number("no_answer_timeout");
        if (seconds > 0) {
            phone.parts().later(TimeUnit.SECONDS.toMillis(seconds), () -> {
                if (line.call().state() == Call.State.RINGING) {
                    line.because("no answer");
                    phone.guard(() -> call.reject(TIMED_OUT));
                }
            });
        }
    }

    /** API_Accept. */
    void accept(ClassicLine line, IncomingCall call) {
        int code = (int) phone.parameters().number("pjsua.call_answer.code");
        if (code < ANSWERED) {
            call.ring();
        } else if (code < REFUSED) {
            call.answerAsync(phone.config().calls().options());
        } else {
            line.because("rejected");
            call.reject(code);
        }
    }

    /** Returns the status with which API_Reject refuses. */
    int refusal() {
        int code = (int) phone.parameters().number("pjsua.call_hangup.code");
        return code == 0 ? DECLINE : code;
    }
}
