package io.earshot.control.net;

import io.earshot.control.desk.Caller;
import io.earshot.control.net.WebConnection.Request;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Reading;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Classic functions over HTTP: as a query, a form, JSON, XML or SOAP, with the answer in the form that is wanted. */
final class ClassicWeb {
    private static final Answers TEXTS = new Answers(false);

    private final Hub hub;

    ClassicWeb(Hub hub) {
        this.hub = hub;
    }

    /** Answers, now or later; returns what will, so that it can be forgotten when the client goes. */
    Optional<Consumer<String>> handle(Request request, long now, Answering answering) {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            answering.text(405, "ERROR: only GET and POST run functions\n");
            return Optional.empty();
        }
        Reading reading = read(request);
        if (reading instanceof Reading.Unreadable none) {
            answering.text(400, "ERROR: " + none.why() + "\n");
            return Optional.empty();
        }
        Command command = ((Reading.Read) reading).command().without("token");
        String accept = request.headerOrEmpty("Accept").toLowerCase(Locale.ROOT);
        Consumer<String> done = result -> answer(command, accept, result, answering);
        hub.desk().run(command, Caller.HTTP, now, done);
        return Optional.of(done);
    }

    private Reading read(Request request) {
        String type = request.headerOrEmpty("Content-Type").toLowerCase(Locale.ROOT);
        if (request.method().equals("GET") || request.body().isBlank()) {
            return hub.reader().readQuery(request.query(), Dialect.QUERY);
        }
        if (type.startsWith("application/x-www-form-urlencoded") && !request.body().startsWith("BOFCOMMAND")) {
            String form = request.query().isEmpty() ? request.body() : request.query() + "&" + request.body();
            return hub.reader().readQuery(form, Dialect.FORM);
        }
        return hub.reader().read(request.body());
    }

    private static void answer(Command command, String accept, String result, Answering answering) {
        boolean xml = (accept.contains("application/xml") || accept.contains("text/xml")) && !accept.contains("text/html");
        if (command.dialect() == Dialect.SOAP) {
            answering.text(200, "text/xml; charset=utf-8", Answers.soap(command, result));
        } else if (accept.contains("json")) {
            answering.text(200, Reply.JSON, Answers.json(command, result));
        } else if (xml) {
            answering.text(200, "application/xml; charset=utf-8", Answers.xml(command, result));
        } else {
            answering.text(200, TEXTS.text(command, result) + "\r\n");
        }
    }
}
