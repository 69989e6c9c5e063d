package io.earshot.control.web;

import com.grack.nanojson.JsonWriter;

/**
 * An answer of HTTP.
 *
 * @param status of HTTP
 * @param json its body; empty for none
 * @param location of what was made; empty for nothing
 */
public record RestAnswer(int status, String json, String location) {
    static RestAnswer of(int status, String json) {
        return new RestAnswer(status, json, "");
    }

    /** An error with a sentence. */
    public static RestAnswer error(int status, String sentence) {
        return of(status, JsonWriter.string().object().value("error", sentence).end().done());
    }
}
