package yourpackagename;

import webphone.*;
import JVoIPTestPackage.SIPNotifications;

/** Arguments: server, user name, password, destination, seconds to talk, port for sound or 0. */
public class YourCodeSipCall
{
    public static void main(String[] args) throws Exception
    {
        webphone wobj = new webphone();

        SIPNotifications sipnotifications = new SIPNotifications(wobj);
        sipnotifications.Start();

        wobj.API_SetParameter("serveraddress", args[0]);
        wobj.API_SetParameter("username", args[1]);
        wobj.API_SetParameter("password", args[2]);
        wobj.API_SetParameter("loglevel", "5");
        int port = Integer.parseInt(args[5]);
        AudioReceiver receiver = new AudioReceiver(port);
        if (port > 0)
        {
            System.out.println("stream " + wobj.API_SetParameter("sendmediain_to", port));
            receiver.start();
        }

        wobj.API_Start();
        wobj.API_Register();

        wobj.API_Call(-1, args[3]);

        // what the documentation calls "from another function"
        sipnotifications.await("CallConnect");
        Thread.sleep(1000L * Integer.parseInt(args[4]));
        wobj.API_Hangup(-1);
        sipnotifications.await("CDR");

        wobj.API_Unregister();
        sipnotifications.Stop();
        receiver.terminate();
        System.out.println("audio packets " + receiver.packets + " bytes " + receiver.bytes);
        wobj.API_Exit();
    }
}
