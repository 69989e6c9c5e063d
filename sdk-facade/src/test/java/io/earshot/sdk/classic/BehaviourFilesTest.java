package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import webphone.webphone;

/** Behaviours of files, the web and what is kept over restarts; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourFilesTest {
    @TempDir
    private Path folder;

    @Test
    void b214FilesAreKeptOnAnFtpServer() throws Exception {
        try (MiniFtp ftp = new MiniFtp()) {
            webphone phone = new webphone(new String[] {"datafolder=" + folder, "ftp_addr=" + ftp.url()});
            assertTrue(phone.API_SaveFileRemote("book.txt", "pages"));
            WebphoneRig.await("the file", () -> "pages".equals(ftp.files.get("book.txt")));
            assertEquals("pages", phone.API_LoadFileRemoteSync("book.txt"));
            assertTrue(phone.API_LoadFileRemote("book.txt"));
            WebphoneRig.await("the copy", () -> phone.API_LoadFile("book.txt").equals("pages"));
            assertTrue(phone.API_LoadFileRemoteSync("none.txt").startsWith("ERROR"));
            assertFalse(phone.API_GetNotifications().contains("secret"), "the password is not told");
        }
    }

    @Test
    void b215AServerThatIsSilentIsNotWaitedForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
            ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of()).parameters(), one -> told.add(one.line()));
            ClassicFolder data = new ClassicFolder(phone::parameters, folder);
            ClassicWeb web = new ClassicWeb(phone, data, Runnable::run, Duration.ofMillis(200));
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            assertTrue(web.request(url, "").startsWith("ERROR: "));
            assertTrue(web.requestLater(url, "a=1"));
            assertTrue(told.poll(10, TimeUnit.SECONDS).startsWith("WPNOTIFICATION,ANSWER,ERROR: "));
            assertEquals(Duration.ofSeconds(20), ClassicWeb.LONGEST);
        }
    }

    private webphone phone(String... more) {
        webphone phone = new webphone(new String[] {"datafolder=" + folder, "register=0", "localip=127.0.0.1", "waitforunregister=50"});
        for (String parameter : more) {
            assertTrue(phone.phone().set(List.of(parameter)), parameter);
        }
        assertTrue(phone.API_Start());
        return phone;
    }

    private static String text(webphone phone, String parameter) {
        return phone.phone().parameters().text(parameter);
    }

    private String onDisk() throws IOException {
        return new String(Files.readAllBytes(folder.resolve("classic.settings")), StandardCharsets.ISO_8859_1);
    }

    @Test
    void b035WhatAFunctionSetHoldsAtTheNextStartUnlessTheProgramSaysOtherwise() throws Exception {
        webphone first = phone("calltimeout=70000");
        assertTrue(first.API_SetParameter("ringtimeout", "6000"));
        assertTrue(first.API_SetParameters("calltimeout=80000\r\nautoaccept=true"));
        assertTrue(first.API_SetCredentials("pbx.example", "alice", "very secret"));
        assertTrue(onDisk().contains("own ringtimeout") && !onDisk().contains("very secret"));
        // It is not closed, as if it were killed here.
        assertEquals("6000", text(first, "ringtimeout"));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String name : List.of("classic.settings", "earshot.key")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
        webphone second = new webphone(new String[] {"datafolder=" + copy, "register=0", "localip=127.0.0.1", "calltimeout=90000",
            "waitforunregister=50"});
        assertTrue(second.API_Start());
        assertEquals("6000 90000 true", text(second, "ringtimeout") + " " + text(second, "calltimeout") + " "
                + text(second, "autoaccept"));
        assertEquals("pbx.example alice very secret", text(second, "serveraddress") + " " + text(second, "username") + " "
                + text(second, "password"));
        assertTrue(second.API_SetParameter("ringtimeout", "DEF"));
        assertTrue(second.API_ClearCredentials());
        second.phone().close();
        webphone third = new webphone(new String[] {"datafolder=" + copy, "register=0", "localip=127.0.0.1", "waitforunregister=50"});
        assertTrue(third.API_Start());
        assertEquals("90000  ", text(third, "ringtimeout") + " " + text(third, "username") + " " + text(third, "password"));
        third.phone().close();
        first.phone().close();
    }

    @Test
    void b035AutocfgsaveSaysWhetherParametersAreKept() throws Exception {
        webphone none = phone("autocfgsave=0");
        assertTrue(none.API_SetParameter("ringtimeout", "6000"));
        none.phone().close();
        assertFalse(Files.exists(folder.resolve("classic.settings")));
        webphone writes = phone("autocfgsave=1");
        assertTrue(writes.API_SetParameter("ringtimeout", "7000"));
        writes.phone().close();
        webphone reads = phone("autocfgsave=2");
        assertEquals("7000", text(reads, "ringtimeout"));
        assertTrue(reads.API_SetParameter("ringtimeout", "8000"));
        reads.phone().close();
        webphone both = phone();
        assertEquals("7000", text(both, "ringtimeout"));
        both.phone().close();
    }

    @Test
    void whatWasSaidBeforeTheStartIsKeptToo() throws Exception {
        webphone first = new webphone(new String[] {"datafolder=" + folder, "register=0", "localip=127.0.0.1", "waitforunregister=50"});
        assertTrue(first.API_AddContact("Ann,ann"));
        assertTrue(first.API_SetParameter("ringtimeout", "6000"));
        assertTrue(first.API_Start());
        assertTrue(onDisk().contains("Ann") && onDisk().contains("own ringtimeout"));
        first.phone().close();
    }

    @Test
    void b196TheSipPortStaysTheSameOverRestartsWhileItIsFree() throws Exception {
        webphone first = phone();
        String address = first.API_GetAddress();
        first.phone().close();
        webphone second = phone();
        assertEquals(address, second.API_GetAddress());
        second.phone().close();
        try (java.net.DatagramSocket taken = new java.net.DatagramSocket(Integer.parseInt(address.split(":")[1]),
                InetAddress.getLoopbackAddress())) {
            webphone third = phone();
            assertFalse(third.API_GetAddress().isEmpty());
            assertFalse(third.API_GetAddress().equals("127.0.0.1:" + taken.getLocalPort()));
            third.phone().close();
        }
    }
}
