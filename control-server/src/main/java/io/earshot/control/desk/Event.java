package io.earshot.control.desk;

import com.grack.nanojson.JsonWriter;
import io.earshot.control.text.Notifications;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A notification on its way to clients.
 *
 * @param id counts from 1
 * @param fields type first, without line breaks
 */
public record Event(long id, List<String> fields) {
    public Event {
        fields = fields.stream().map(field -> field.replace('\r', ' ').replace('\n', ' ')).toList();
    }

    /** Returns the type. */
    public String type() {
        return fields.isEmpty() ? "" : fields.get(0);
    }

    /** Returns the line of the classic protocol, without its line break. */
    public String line() {
        return fields.stream().collect(Collectors.joining(",", "WPNOTIFICATION,", ",NEOL"));
    }

    /** Returns the event as a JSON object. */
    public String json(Notifications names) {
        var object = JsonWriter.string().object().value("id", id).value("type", type()).array("fields",
                List.copyOf(fields.subList(Math.min(1, fields.size()), fields.size()))).object("data");
        for (Map.Entry<String, String> field : names.named(fields).entrySet()) {
            object.value(field.getKey(), field.getValue());
        }
        return object.end().value("line", line()).end().done();
    }
}
