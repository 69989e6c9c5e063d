package io.earshot.control.web;

import com.grack.nanojson.JsonObject;
import io.earshot.control.desk.Caller;
import io.earshot.control.desk.Desk;
import io.earshot.control.desk.Event;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the operation that a web request is for and does it. */
public final class RestDoor {
    private final Desk desk;
    private final List<Operation> operations = new ArrayList<>();

    /** Makes the door of a desk. */
    public RestDoor(Desk desk) {
        this.desk = desk;
        operations.addAll(new CallOperations(desk.calls()).all());
        operations.addAll(new PhoneOperations(desk.functions(), desk.notifications(), desk.log(), desk.state()).all());
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Tells whether there is something at a path. */
    public boolean knows(String path) {
        return operations.stream().anyMatch(operation -> operation.match(path).isPresent());
    }

    /**
     * Answers a request.
     *
     * @param path without a query
     * @param body JSON, or empty
     * @param done hears the answer, on the loop
     */
    public void handle(String method, String path, String body, long now, Consumer<RestAnswer> done) {
        List<Operation> here = operations.stream().filter(operation -> operation.match(path).isPresent()).toList();
        Optional<Operation> found = here.stream().filter(operation -> operation.method().equals(method)).findFirst();
        if (found.isEmpty()) {
            done.accept(here.isEmpty() ? RestAnswer.error(404, "There is nothing here: GET /openapi.json tells what there is.")
                    : RestAnswer.error(405, "Here is only " + String.join(", ", here.stream().map(Operation::method).toList()) + "."));
            return;
        }
        Optional<JsonObject> object = body.isBlank() ? Optional.of(new JsonObject()) : JsonReader.object(body);
        if (object.isEmpty()) {
            done.accept(RestAnswer.error(400, "The body is no JSON object."));
            return;
        }
        Operation operation = found.get();
        Optional<String> defect = operation.defect(object.get());
        if (defect.isPresent()) {
            done.accept(RestAnswer.error(400, defect.get()));
            return;
        }
        Map<String, String> variables = operation.match(path).orElseThrow();
        Plan plan = operation.plan().plan(new Operation.Request(variables, object.get()));
        if (plan instanceof Plan.Reply reply) {
            done.accept(reply.answer());
        } else {
            invoke((Plan.Invoke) plan, now, done);
        }
    }

    private void invoke(Plan.Invoke plan, long now, Consumer<RestAnswer> done) {
        Command command = Command.of(desk.functions(), plan.function(), plan.parameters(), Dialect.JSON);
        long before = desk.lastEvent();
        desk.run(command, Caller.HTTP, now, result -> done.accept(plan.then().apply(explained(result, before))));
    }

    /** A function that only says that it failed has said why in a notification just before. */
    private String explained(String result, long before) {
        if (Answers.isOk(result) || !"ERROR: failed".equals(result)) {
            return result;
        }
        return desk.log().after(before).stream().filter(RestDoor::isError).findFirst()
                .map(event -> "ERROR: " + event.fields().get(2)).orElse(result);
    }

    private static boolean isError(Event event) {
        return event.type().equals("EVENT") && event.fields().size() > 2 && event.fields().get(1).equals("ERROR");
    }
}
