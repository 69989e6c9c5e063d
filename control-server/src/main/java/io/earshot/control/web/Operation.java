package io.earshot.control.web;

import com.grack.nanojson.JsonObject;
import io.earshot.control.text.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that web clients can do: what the router, the OpenAPI document and the page know of it.
 *
 * @param method of HTTP
 * @param path with {@code {name}} for its variables
 * @param id for generated clients
 * @param summary a sentence
 * @param body the members of the JSON body
 * @param success the status when all went well
 * @param plan what to do
 */
record Operation(String method, String path, String id, String summary, List<Field> body, int success, Planner plan) {
    /** A member of a body. */
    record Field(String name, String type, boolean required, String summary) {
        static Field text(String name, boolean required, String summary) {
            return new Field(name, "string", required, summary);
        }

        static Field flag(String name, String summary) {
            return new Field(name, "boolean", false, summary);
        }
    }

    /** Decides what to do about a request. */
    @FunctionalInterface
    interface Planner {
        Plan plan(Request request);
    }

    /** A request that was routed here: variables of the path, and the body. */
    record Request(Map<String, String> variables, JsonObject body) {
        String text(String name) {
            return JsonReader.text(body.get(name));
        }

        boolean flag(String name) {
            return text(name).equals("true");
        }

        String variable(String name) {
            return variables.get(name);
        }
    }

    Operation {
        body = List.copyOf(body);
    }

    /** Returns the variables of a path that is this operation's. */
    Optional<Map<String, String>> match(String requested) {
        String[] mine = path.split("/", -1);
        String[] theirs = requested.split("/", -1);
        if (mine.length != theirs.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].startsWith("{") && !theirs[i].isEmpty()) {
                variables.put(mine[i].substring(1, mine[i].length() - 1), theirs[i]);
            } else if (!mine[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** Returns what is wrong with a body. */
    Optional<String> defect(JsonObject given) {
        for (Field field : body) {
            Object value = given.get(field.name());
            if (value == null) {
                if (field.required()) {
                    return Optional.of("member " + field.name() + " is missing: " + field.summary());
                }
            } else if (field.type().equals("boolean") ? !(value instanceof Boolean)
                    : !(value instanceof String) && !(value instanceof Number)) {
                return Optional.of("member " + field.name() + " must be a " + field.type());
            }
        }
        return Optional.empty();
    }
}
