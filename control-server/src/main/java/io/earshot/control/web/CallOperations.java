package io.earshot.control.web;

import static io.earshot.control.web.Operation.Field.flag;
import static io.earshot.control.web.Operation.Field.text;

import io.earshot.control.desk.CallTable;
import io.earshot.control.text.Answers;
import io.earshot.control.web.Operation.Field;
import io.earshot.control.web.Operation.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What web clients can do with calls. */
final class CallOperations {
    private static final String CALL = "/calls/{id}";
    private static final int NO_CONTENT = 204;
    private static final int ACCEPTED = 202;

    private final CallTable calls;

    CallOperations(CallTable calls) {
        this.calls = calls;
    }

    List<Operation> all() {
        Field to = text("to", true, "a number, user or SIP address");
        return List.of(
                new Operation("GET", "/calls", "listCalls", "Lists the calls.", List.of(), 200,
                        request -> reply(200, Json.array(calls.all().stream().map(Json::call).toList()))),
                new Operation("POST", "/calls", "makeCall", "Calls somebody.", List.of(to), 201, this::make),
                new Operation("GET", CALL, "getCall", "Returns a call.", List.of(), 200,
                        request -> with(request, call -> reply(200, Json.call(call)))),
                new Operation("DELETE", CALL, "hangUp", "Ends a call.", List.of(text("reason", false, "a text for the peer")), NO_CONTENT,
                        request -> with(request, call -> run(NO_CONTENT, "API_Hangup", call.line(), request.text("reason")))),
                act("/answer", "answerCall", "Answers a call that rings here.", "API_Accept"),
                act("/reject", "rejectCall", "Refuses a call that rings here.", "API_Reject"),
                act("/forward", "forwardCall", "Sends a call that rings here elsewhere.", List.of(to),
                        (call, request) -> run(ACCEPTED, "API_Forward", call.line(), request.text("to"))),
                act("/hold", "holdCall", "Puts a call on hold.", List.of(),
                        (call, request) -> run(ACCEPTED, "API_Hold", call.line(), true)),
                act("/resume", "resumeCall", "Takes a call off hold.", List.of(),
                        (call, request) -> run(ACCEPTED, "API_Hold", call.line(), false)),
                act("/mute", "muteCall", "Mutes a call.", List.of(text("direction", false, "both, speaker or microphone [microphone]")),
                        (call, request) -> mute(call, request, true)),
                act("/unmute", "unmuteCall", "Lets a call be heard again.",
                        List.of(text("direction", false, "both, speaker or microphone [microphone]")),
                        (call, request) -> mute(call, request, false)),
                act("/dtmf", "sendDtmf", "Sends keys.", List.of(text("digits", true, "of 0-9 * # A-D; a blank is a pause")),
                        (call, request) -> run(ACCEPTED, "API_Dtmf", call.line(), request.text("digits"))),
                act("/info", "sendInfo", "Sends a SIP INFO.", List.of(text("text", true, "its body")),
                        (call, request) -> run(ACCEPTED, "API_Info", call.line(), request.text("text"))),
                act("/transfer", "transferCall", "Sends the peer to somebody else.", List.of(to),
                        (call, request) -> run(ACCEPTED, "API_Transfer", call.line(), request.text("to"))),
                act("/record", "recordCall", "Begins to record a call.",
                        List.of(text("file", false, "a name in the recordings' folder [one is made up]")),
                        (call, request) -> run(ACCEPTED, "API_VoiceRecord", 1, 1, request.text("file"), call.line())),
                new Operation("DELETE", CALL + "/record", "stopRecording", "Ends the recording of a call.", List.of(), NO_CONTENT,
                        request -> with(request, call -> run(NO_CONTENT, "API_VoiceRecord", 0, 1, "", call.line()))),
                act("/play", "playToCall", "Plays a sound file to the peer.",
                        List.of(text("file", true, "its path"), flag("loop", "again and again [false]")),
                        (call, request) -> run(ACCEPTED, "API_PlaySound", 1, request.text("file"), request.flag("loop") ? 1 : 0, true,
                                false, true, call.line(), "", false)),
                new Operation("DELETE", CALL + "/play", "stopPlaying", "Ends the playing of a sound file.", List.of(), NO_CONTENT,
                        request -> with(request, call -> run(NO_CONTENT, "API_PlaySound", 0, "", 0, true, false, true, call.line(), "",
                                false))));
    }

    private Operation act(String verb, String id, String summary, String function) {
        return act(verb, id, summary, List.of(), (call, request) -> run(ACCEPTED, function, call.line()));
    }

    private Operation act(String verb, String id, String summary, List<Field> body,
            BiFunction<CallTable.Entry, Request, Plan> plan) {
        return new Operation("POST", CALL + verb, id, summary, body, ACCEPTED,
                request -> with(request, call -> plan.apply(call, request)));
    }

    /** The line is chosen here, so that the answer can name the call before anything is known of it. */
    private Plan make(Request request) {
        CallTable.Entry call = calls.reserve(request.text("to"));
        return new Plan.Invoke("API_Call", Plan.positional(call.line(), request.text("to")), result -> {
            if (!Answers.isOk(result)) {
                calls.release(call);
                return RestAnswer.error(409, result);
            }
            CallTable.Entry now = calls.find(call.id()).orElse(call);
            return new RestAnswer(201, Json.text(Json.call(now)), "/calls/" + call.id());
        });
    }

    private static Plan mute(CallTable.Entry call, Request request, boolean mute) {
        String direction = request.text("direction");
        return switch (direction) {
            case "both" -> run(ACCEPTED, "API_MuteEx", call.line(), mute, 0);
            case "speaker" -> run(ACCEPTED, "API_MuteEx", call.line(), mute, 1);
            case "", "microphone" -> run(ACCEPTED, "API_MuteEx", call.line(), mute, 2);
            default -> new Plan.Reply(RestAnswer.error(400, "member direction must be both, speaker or microphone"));
        };
    }

    private Plan with(Request request, Function<CallTable.Entry, Plan> plan) {
        Optional<CallTable.Entry> call = calls.find(request.variable("id"));
        return call.map(plan).orElseGet(() -> new Plan.Reply(RestAnswer.error(404, "There is no such call: GET /calls lists them.")));
    }

    static Plan reply(int status, Object json) {
        return new Plan.Reply(RestAnswer.of(status, Json.text(json)));
    }

    /** Runs a function whose result is only whether it worked. */
    static Plan run(int success, String function, Object... arguments) {
        return new Plan.Invoke(function, Plan.positional(arguments), result -> !Answers.isOk(result) ? RestAnswer.error(409, result)
                : RestAnswer.of(success, success == NO_CONTENT ? "" : Json.text(Json.object("result", result))));
    }
}
