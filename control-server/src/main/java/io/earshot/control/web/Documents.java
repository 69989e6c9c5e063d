package io.earshot.control.web;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import io.earshot.control.text.Functions;
import io.earshot.control.text.Notifications;
import io.earshot.control.text.Signature;
import io.earshot.control.web.Operation.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI and the AsyncAPI document, made from the tables that the server works by. */
public final class Documents {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final String VERSION = "1";
    private static final String JSON = "application/json";

    private Documents() {
    }

    /** Returns the OpenAPI 3.1 document of the REST operations and of the functions. */
    public static String openApi(RestDoor rest, Functions functions) {
        JsonObject paths = new JsonObject();
        for (Operation operation : rest.operations()) {
            path(paths, operation.path()).put(operation.method().toLowerCase(Locale.ROOT), described(operation));
        }
        for (Signature signature : functions.all()) {
            path(paths, "/functions/" + signature.name()).put("post", described(signature));
        }
        path(paths, "/events").put("get", Json.object("operationId", "listenToEvents", "summary",
                "Sends notifications as server-sent events; Last-Event-ID asks for those since.", "responses", Json.object("200",
                Json.object("description", "a stream of events, see /asyncapi.json", "content",
                        Json.object("text/event-stream", Json.object("schema", Json.object("type", "string")))))));
        return JsonWriter.string(Json.object("openapi", "3.1.0", "info", info("Earshot control API"), "security",
                new JsonArray(List.of(Json.object("token", new JsonArray()), new JsonObject())), "paths", paths, "components",
                Json.object("securitySchemes", Json.object("token", Json.object("type", "http", "scheme", "bearer")), "schemas",
                        Json.object("Error", schema(List.of(Field.text("error", true, "a sentence")))))));
    }

    private static JsonObject info(String title) {
        return Json.object("title", title, "version", VERSION, "license", Json.object("name", "Apache-2.0", "identifier", "Apache-2.0"));
    }

    private static JsonObject path(JsonObject paths, String path) {
        return (JsonObject) paths.computeIfAbsent(path, made -> new JsonObject());
    }

    private static JsonObject described(Operation operation) {
        JsonObject answers = Json.object(Integer.toString(operation.success()), Json.object("description", "done"), "default",
                Json.object("description", "not done", "content", Json.object(JSON,
                        Json.object("schema", Json.object("$ref", "#/components/schemas/Error")))));
        JsonObject described = Json.object("operationId", operation.id(), "summary", operation.summary(), "responses", answers);
        JsonArray variables = new JsonArray();
        for (Matcher matcher = VARIABLE.matcher(operation.path()); matcher.find();) {
            variables.add(Json.object("name", matcher.group(1), "in", "path", "required", true, "schema", Json.object("type", "string")));
        }
        if (!variables.isEmpty()) {
            described.put("parameters", variables);
        }
        boolean free = operation.id().equals("setParameters") || operation.id().equals("callFunction");
        if (!operation.body().isEmpty() || free) {
            described.put("requestBody", body(free ? Json.object("type", "object", "additionalProperties", true) : schema(operation.body()),
                    operation.body().stream().anyMatch(Field::required) || free));
        }
        return described;
    }

    private static JsonObject described(Signature signature) {
        JsonObject members = new JsonObject();
        signature.arguments().forEach(argument -> members.put(argument.name(), type(argument.type())));
        JsonObject answer = Json.object("type", "object", "properties", Json.object("function", Json.object("type", "string"), "ok",
                Json.object("type", "boolean"), "result", Json.object("type", "string"), "value", type(signature.returns())));
        JsonObject described = Json.object("operationId", signature.name(), "summary", signature.summary(), "tags",
                new JsonArray(List.of("functions")), "responses", Json.object("200", Json.object("description", "the result", "content",
                Json.object(JSON, Json.object("schema", answer)))));
        if (!members.isEmpty()) {
            described.put("requestBody", body(Json.object("type", "object", "properties", members), false));
        }
        return described;
    }

    private static JsonObject body(JsonObject schema, boolean required) {
        return Json.object("required", required, "content", Json.object(JSON, Json.object("schema", schema)));
    }

    private static JsonObject schema(List<Field> fields) {
        JsonObject members = new JsonObject();
        fields.forEach(field -> members.put(field.name(), Json.object("type", field.type(), "description", field.summary())));
        JsonObject schema = Json.object("type", "object", "properties", members);
        List<String> required = fields.stream().filter(Field::required).map(Field::name).toList();
        Optional.of(required).filter(some -> !some.isEmpty()).ifPresent(some -> schema.put("required", Json.array(some)));
        return schema;
    }

    private static JsonObject type(Signature.Type type) {
        return switch (type) {
            case BOOLEAN, VOID -> Json.object("type", "boolean");
            case INT -> Json.object("type", new JsonArray(List.of("integer", "string")));
            case STRING -> Json.object("type", "string");
            case BYTES -> Json.object("type", "string", "contentEncoding", "base64");
        };
    }

    /** Returns the AsyncAPI 3.0 document of the WebSocket and the stream of events. */
    public static String asyncApi(Notifications notifications) {
        JsonObject messages = new JsonObject();
        JsonObject references = new JsonObject();
        for (Notifications.Kind kind : notifications.all()) {
            JsonObject data = new JsonObject();
            kind.fields().forEach(field -> data.put(field, Json.object("type", "string")));
            JsonObject members = Json.object("id", Json.object("type", "integer"), "type", Json.object("const", kind.type()), "fields",
                    Json.object("type", "array", "items", Json.object("type", "string")), "data",
                    Json.object("type", "object", "properties", data), "line", Json.object("type", "string"));
            messages.put(kind.type(), Json.object("summary", kind.summary(), "contentType", JSON, "payload",
                    Json.object("type", "object", "properties", members)));
            references.put(kind.type(), Json.object("$ref", "#/components/messages/" + kind.type()));
        }
        messages.put("Request", Json.object("summary", "A function to run.", "contentType", JSON, "payload", Json.object("type", "object",
                "required", new JsonArray(List.of("function")), "properties", Json.object("id", Json.object("type", "string"), "function",
                        Json.object("type", "string")), "additionalProperties", true)));
        messages.put("Answer", Json.object("summary", "What came of a request, with its id.", "contentType", JSON, "payload",
                Json.object("type", "object", "properties", Json.object("id", Json.object("type", "string"), "function",
                        Json.object("type", "string"), "ok", Json.object("type", "boolean"), "result", Json.object("type", "string")))));
        JsonObject both = new JsonObject(references);
        List.of("Request", "Answer").forEach(name -> both.put(name, Json.object("$ref", "#/components/messages/" + name)));
        JsonObject channels = Json.object("socket", Json.object("address", "/ws", "description", "a WebSocket", "messages", both), "events",
                Json.object("address", "/events", "description", "server-sent events", "messages", references));
        JsonObject work = Json.object(
                "request", Json.object("action", "receive", "channel", channel("socket"), "messages", message("Request")),
                "answer", Json.object("action", "send", "channel", channel("socket"), "messages", message("Answer")),
                "notify", Json.object("action", "send", "channel", channel("events")));
        return JsonWriter.string(Json.object("asyncapi", "3.0.0", "info", info("Earshot control events"), "channels", channels,
                "operations", work, "components", Json.object("messages", messages)));
    }

    private static JsonObject channel(String name) {
        return Json.object("$ref", "#/channels/" + name);
    }

    private static JsonArray message(String name) {
        return new JsonArray(List.of(Json.object("$ref", "#/channels/socket/messages/" + name)));
    }
}
