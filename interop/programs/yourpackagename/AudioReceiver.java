package yourpackagename;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

public class AudioReceiver extends Thread {
    private DatagramSocket socket;
    private boolean running;
    private byte[] buf = new byte[1500];
    private final int listenport;
    public volatile int packets;
    public volatile int bytes;

    public AudioReceiver(int port) {
        listenport = port;
    }

    public void run() {
        try{
            running = true;
            socket = new DatagramSocket(listenport);

            while(running)
            {
                DatagramPacket packet = new DatagramPacket(buf, buf.length);
                socket.receive(packet);

                InetAddress address = packet.getAddress();
                int port = packet.getPort();
                packet = new DatagramPacket(buf, packet.getLength(), address, port);

                ProcessAudioPacket( packet.getData(),packet.getLength());
            }

            socket.close();
        }
        catch (Throwable e) {
            if (running) e.printStackTrace();
        }
    }

    public void terminate()
    {
        try{
            running = false;
            if (socket != null) socket.close();
        }
        catch (Throwable e) {
            e.printStackTrace();
        }
    }

    public void ProcessAudioPacket(byte[] buff, int len)
    {
        packets++;
        bytes += len;
    }
}
