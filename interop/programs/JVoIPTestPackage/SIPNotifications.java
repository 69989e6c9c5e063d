package JVoIPTestPackage;

import webphone.webphone;

public class SIPNotifications extends Thread
{
    boolean terminated = false;
    webphone webphoneobj = null;
    private final StringBuilder parsed = new StringBuilder();

    public SIPNotifications(webphone webphoneobj_in)
    {
        webphoneobj = webphoneobj_in;
    }

    public boolean Start()
    {
        try{
            this.start();
            System.out.println("sip notifications started");
            return true;
        }catch(Exception e) {System.out.println("Exception at SIPNotifications Start: "+e.getMessage()+"\r\n"+e.getStackTrace()); }
        return false;
    }

    public void Stop()
    {
        terminated = true;
    }

    public void run()
    {
        try{
            String sipnotifications = "";
            String[] notarray = null;

            while (!terminated)
            {
                sipnotifications = webphoneobj.API_GetNotificationsSync();

                if (sipnotifications != null && sipnotifications.length() > 0)
                {
                    System.out.println("\tREC FROM JVOIP: " + sipnotifications);
                    notarray = sipnotifications.split("\r\n");

                    if (notarray == null || notarray.length < 1)
                    {
                        if(!terminated) Thread.sleep(1);
                    }
                    else
                    {
                        for (int i = 0; i < notarray.length; i++)
                        {
                            if (notarray[i] != null && notarray[i].length() > 0)
                            {
                                ProcessNotifications(notarray[i]);
                            }
                        }
                    }
                }
                else
                {
                    if(!terminated) Thread.sleep(1);
                }
            }
        }catch(Exception e)
        {
            if(!terminated) System.out.println("Exception at SIPNotifications run: "+e.getMessage()+"\r\n"+e.getStackTrace());
        }
    }

    /** Waits until the parsing below has seen this. */
    public synchronized void await(String word) throws InterruptedException
    {
        while (parsed.indexOf(word) < 0) wait();
    }

    private synchronized void seen(String word)
    {
        parsed.append(word).append('\n');
        notifyAll();
    }

    // the parsing example
    public void ProcessNotifications(String receivednot)
    {
        if (receivednot == null || receivednot.length() < 1) return;

        String[] notarray = receivednot.split(",NEOL \r\n");
        for (int i = 0; i < notarray.length; i++)
        {
            String notifywordcontent = notarray[i];
            if (notifywordcontent == null || notifywordcontent.length() < 1) continue;
            notifywordcontent = notifywordcontent.trim();
            notifywordcontent = notifywordcontent.replace("WPNOTIFICATION,", "");

            Log.v("JVOIP", "Received Notification: " + notifywordcontent);

            int pos = 0;
            String notifyword1 = "";
            String notifyword2 = "";

            pos = notifywordcontent.indexOf(",");
            if(pos > 0)
            {
                notifyword1 = notifywordcontent.substring(0, pos).trim();
                notifywordcontent = notifywordcontent.substring(pos+1, notifywordcontent.length()).trim();
            }
            else
            {
                notifyword1 = "EVENT";
            }

            if (notifyword1.equals("CDR"))
            {
                String[] cdrParams = notifywordcontent.split(",");
                String line = cdrParams[0];
                String peername = cdrParams[1];
                String caller = cdrParams[2];
                String called = cdrParams[3];
                String peeraddress = cdrParams[4];
                String connecttime = cdrParams[5];
                String duration = cdrParams[6];
                String discparty = cdrParams[7];
                String reasontext = cdrParams[8];
                System.out.println("cdr " + String.join("|", line, peername, caller, called, peeraddress, connecttime, duration, discparty,
                        reasontext));
                seen("CDR");
            }
            else if(notifyword1.equals("STATUS"))
            {
                pos = notifywordcontent.indexOf(",");
                if(pos > 0) notifywordcontent = notifywordcontent.substring(pos+1, notifywordcontent.length()).trim();

                pos = notifywordcontent.indexOf(",");
                if(pos > 0)
                {
                    notifyword2 = notifywordcontent.substring(0, pos).trim();
                    notifywordcontent = notifywordcontent.substring(pos+1, notifywordcontent.length()).trim();
                }
                else
                {
                    notifyword2 = notifywordcontent;
                }

                if (notifyword2.equals("Registered.") || notifyword2.equals("CallSetup") || notifyword2.equals("Ringing")
                        || notifyword2.equals("CallConnect") || notifyword2.equals("CallDisconnect"))
                {
                    System.out.println("status " + notifyword2);
                    seen(notifyword2);
                }
            }
            else if (notifyword1.equals("CHAT"))
            {
                seen("CHAT");
            }
            else if(notifyword1.equals("ERROR"))
            {
                Log.e("JVOIP", "ERROR," + notifywordcontent);
            }
            else if(notifyword1.equals("WARNING"))
            {
                Log.w("JVOIP", "WARNING," + notifywordcontent);
            }
            else if(notifyword1.equals("EVENT"))
            {
                Log.v(notifywordcontent);
            }
        }
    }
}
