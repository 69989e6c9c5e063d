package io.earshot.control.web;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import io.earshot.control.desk.CallTable;
import java.util.Collection;

/** Small JSON texts. */
final class Json {
    private Json() {
    }

    static String text(Object value) {
        return JsonWriter.string(value);
    }

    /** Makes an object of names and values in turn. */
    static JsonObject object(Object... pairs) {
        JsonObject object = new JsonObject();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            object.put(pairs[i].toString(), pairs[i + 1]);
        }
        return object;
    }

    static JsonArray array(Collection<?> values) {
        return new JsonArray(values);
    }

    static JsonObject call(CallTable.Entry call) {
        return object("id", call.id(), "line", call.line(), "direction", call.direction(), "state", call.state(), "status", call.status(),
                "peer", call.peer(), "callId", call.callId(), "muted", call.muted(),
                "held", call.held() == 2 || call.held() == 4, "heldByPeer", call.held() == 3 || call.held() == 4);
    }
}
