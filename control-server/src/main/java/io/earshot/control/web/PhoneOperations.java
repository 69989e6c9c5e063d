package io.earshot.control.web;

import static io.earshot.control.web.Operation.Field.flag;
import static io.earshot.control.web.Operation.Field.text;

import com.grack.nanojson.JsonObject;
import io.earshot.control.desk.Event;
import io.earshot.control.desk.EventLog;
import io.earshot.control.desk.PhoneState;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command;
import io.earshot.control.text.Functions;
import io.earshot.control.text.JsonReader;
import io.earshot.control.text.Notifications;
import io.earshot.control.text.Reading;
import io.earshot.control.text.Signature;
import io.earshot.control.web.Operation.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What web clients can do besides calls: accounts, messages, records, parameters, and every function by its name. */
final class PhoneOperations {
    private static final String ACCOUNT = "1";
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final Functions functions;
    private final Notifications notifications;
    private final EventLog log;
    private final PhoneState state;

    PhoneOperations(Functions functions, Notifications notifications, EventLog log, PhoneState state) {
        this.functions = functions;
        this.notifications = notifications;
        this.log = log;
        this.state = state;
    }

    List<Operation> all() {
        return List.of(
                new Operation("GET", "/status", "getStatus", "Returns the state of the phone.", List.of(), 200,
                        request -> CallOperations.reply(200, status())),
                new Operation("POST", "/conference", "makeConference", "Joins all calls, or calls somebody into them.",
                        List.of(text("to", false, "a number, user or SIP address [nobody new]")), ACCEPTED,
                        request -> CallOperations.run(ACCEPTED, "API_Conf", request.text("to"))),
                new Operation("GET", "/accounts", "listAccounts", "Lists the accounts.", List.of(), 200,
                        request -> CallOperations.reply(200, Json.array(state.account().isEmpty() ? List.of() : List.of(account())))),
                new Operation("POST", "/accounts", "register", "Registers at a server.",
                        List.of(text("server", true, "its host name or address"), text("username", true, "the user"),
                                text("password", true, "the password"), text("authname", false, "the user for authentication [username]"),
                                text("displayname", false, "the name that others see")), ACCEPTED,
                        request -> CallOperations.run(ACCEPTED, "API_Register", request.text("server"), request.text("username"),
                                request.text("password"), request.text("authname"), request.text("displayname"))),
                new Operation("DELETE", "/accounts/{id}", "unregister", "Removes the registration.", List.of(), NO_CONTENT,
                        request -> request.variable("id").equals(ACCOUNT) ? CallOperations.run(NO_CONTENT, "API_Unregister", -1)
                                : new Plan.Reply(RestAnswer.error(404, "There is no such account: GET /accounts lists them."))),
                new Operation("GET", "/messages", "listMessages", "Returns the last messages that came.", List.of(), 200,
                        request -> logged("CHAT")),
                new Operation("POST", "/messages", "sendMessage", "Sends a message.",
                        List.of(text("to", true, "a number, user or SIP address"), text("text", true, "the message"),
                                text("group", false, "members of a group [none]"), flag("sms", "as SMS [false]")), ACCEPTED,
                        PhoneOperations::send),
                new Operation("GET", "/records", "listRecords", "Returns the records of the last calls.", List.of(), 200,
                        request -> logged("CDR")),
                new Operation("POST", "/parameters", "setParameters", "Sets classic parameters: a member for each.", List.of(), ACCEPTED,
                        PhoneOperations::parameters),
                new Operation("GET", "/functions", "listFunctions", "Lists the classic functions.", List.of(), 200,
                        request -> CallOperations.reply(200,
                                Json.array(functions.all().stream().map(PhoneOperations::described).toList()))),
                new Operation("POST", "/functions/{name}", "callFunction", "Runs a classic function: a member for each argument.",
                        List.of(), 200, this::function));
    }

    private JsonObject status() {
        return Json.object("status", state.text(), "online", state.isOnline(), "registered", state.isRegistered(),
                "inCall", state.inCall());
    }

    private JsonObject account() {
        return Json.object("id", ACCOUNT, "user", state.account(), "server", state.server(), "registered", state.isRegistered());
    }

    private Plan logged(String type) {
        return CallOperations.reply(200, Json.array(log.ofType(type).stream().map(this::data).toList()));
    }

    private JsonObject data(Event event) {
        JsonObject object = Json.object("id", event.id());
        object.putAll(notifications.named(event.fields()));
        return object;
    }

    private static Plan send(Request request) {
        return request.flag("sms") ? CallOperations.run(ACCEPTED, "API_SendSMS", -1, request.text("to"), request.text("text"))
                : CallOperations.run(ACCEPTED, "API_SendChat", -1, request.text("to"), request.text("group"), request.text("text"));
    }

    private static Plan parameters(Request request) {
        StringJoiner lines = new StringJoiner("\r\n");
        for (Map.Entry<String, Object> member : request.body().entrySet()) {
            String value = JsonReader.text(member.getValue());
            if ((member.getKey() + value).chars().anyMatch(c -> c < ' ') || member.getValue() instanceof JsonObject) {
                return new Plan.Reply(RestAnswer.error(400, "parameter " + member.getKey() + " must be a text without line breaks"));
            }
            lines.add(member.getKey() + "=" + value);
        }
        return lines.length() == 0 ? new Plan.Reply(RestAnswer.error(400, "a member for each parameter is wanted"))
                : CallOperations.run(ACCEPTED, "API_SetParameters", lines);
    }

    private Plan function(Request request) {
        JsonObject body = new JsonObject(request.body());
        body.put("function", request.variable("name"));
        Reading reading = new JsonReader(functions).command(body);
        if (reading instanceof Reading.Unreadable none) {
            return new Plan.Reply(RestAnswer.error(400, none.why()));
        }
        Command command = ((Reading.Read) reading).command();
        if (command.signature().isEmpty()) {
            return new Plan.Reply(RestAnswer.error(404, "There is no such function: GET /functions lists them."));
        }
        Command named = Command.of(functions, command.function(), command.parameters(), Dialect.JSON);
        return new Plan.Invoke(named.function(), named.parameters(), result -> RestAnswer.of(200, Answers.json(named, result)));
    }

    private static JsonObject described(Signature signature) {
        return Json.object("name", signature.name(), "returns", signature.returns().name().toLowerCase(Locale.ROOT), "arguments",
                Json.array(signature.arguments().stream().map(Signature.Argument::name).toList()), "summary", signature.summary());
    }
}
