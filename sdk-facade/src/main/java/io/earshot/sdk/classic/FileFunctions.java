package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;

import java.io.IOException;
import java.util.List;

/** The functions of files and web requests. */
final class FileFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(TEXT, "API_HTTPGet", "Sends a GET; returns the answer, or a text that begins with ERROR.",
                    (phone, in) -> web(phone).request(in.text("url"), ""), text("url")),
            of(DONE, "API_HTTPPost", "Sends a POST.",
                    (phone, in) -> !web(phone).request(in.text("url"), in.text("data")).startsWith("ERROR"),
                    text("url"), text("data")),
            of(TEXT, "API_HTTPReq", "Sends a GET, or with data a POST; returns the answer, or a text that begins with ERROR.",
                    (phone, in) -> web(phone).request(in.text("url"), in.text("data")), text("url"), text("data")),
            of(DONE, "API_HTTPReqAsync", "Sends a GET or POST; ANSWER has the answer.",
                    (phone, in) -> web(phone).requestLater(in.text("url"), in.text("data")), text("url"), text("data")),
            of(DONE, "API_SaveFile", "Writes a file in the data folder, encrypted.", (phone, in) -> save(phone, in, true),
                    text("filename"), text("content")),
            of(DONE, "API_SaveFileRaw", "Writes a file in the data folder.", (phone, in) -> save(phone, in, false), text("filename"),
                    text("content")),
            of(TEXT, "API_LoadFile", "Returns a file of the data folder, or a text that begins with ERROR.",
                    (phone, in) -> load(phone, in.text("filename")), text("filename")),
            of(DONE, "API_SaveFileRemote", "Writes a file on the server of ftp_addr or http_addr.",
                    (phone, in) -> web(phone).save(in.text("filename"), in.text("content")), text("filename"), text("content")),
            of(DONE, "API_LoadFileRemote", "Fetches a file from the server; API_LoadFile has it some time later.",
                    (phone, in) -> web(phone).load(in.text("filename")), text("filename")),
            of(TEXT, "API_LoadFileRemoteSync", "Fetches a file from the server and returns it, or a text that begins with ERROR.",
                    (phone, in) -> web(phone).loadNow(in.text("filename")), text("filename")));

    private FileFunctions() {
    }

    private static ClassicWeb web(ClassicPhone phone) {
        return phone.parts().web();
    }

    private static boolean save(ClassicPhone phone, ClassicArguments in, boolean secret) {
        try {
            phone.parts().folder().write(in.text("filename"), in.text("content"), secret);
            return true;
        } catch (IOException refused) {
            throw new IllegalStateException("The file " + in.text("filename") + " was not written: " + refused.getMessage(), refused);
        }
    }

    private static String load(ClassicPhone phone, String name) {
        try {
            return phone.parts().folder().read(name);
        } catch (IOException | IllegalArgumentException refused) {
            return "ERROR: " + refused.getMessage();
        }
    }
}
