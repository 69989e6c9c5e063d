package io.earshot.control.net;

import io.earshot.control.desk.Caller;
import io.earshot.control.desk.Desk;
import io.earshot.control.desk.Event;
import io.earshot.control.desk.Lane;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command;
import io.earshot.control.text.Framer;
import io.earshot.control.text.Reading;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Commands as datagrams. Notifications go where the last command came from, before that to a port of this machine. Who has no token when
 * one is wanted gets no answer at all, so that nobody can aim answers at others.
 */
@ChannelHandler.Sharable // tried on several ports, used on one
final class DatagramDoor extends SimpleChannelInboundHandler<DatagramPacket> implements Desk.Subscriber {
    private static final int MOST_WAITING = 1_000;
    private static final int LARGEST = 65_507;

    private final Hub hub;
    private final Answers answers = new Answers(false);
    private final Lane lane = new Lane(MOST_WAITING);
    private final int outOfBand;
    private InetSocketAddress target;
    private boolean asked;
    private Optional<Channel> channel = Optional.empty();

    DatagramDoor(Hub hub) {
        super(DatagramPacket.class);
        this.hub = hub;
        this.outOfBand = hub.config().outOfBand();
        notifyPort(hub.config().notifyPort());
    }

    void notifyPort(int port) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), Math.max(0, port));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = Optional.of(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        InetSocketAddress sender = packet.sender();
        boolean readable = hub.config().tls().isPresent() && !sender.getAddress().isLoopbackAddress(); // by everybody on the way
        if (readable || !hub.guard().admits(sender.getAddress())) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(packet.content());
        Framer framer = new Framer(LARGEST, 0);
        framer.feed(bytes, bytes.length, 0);
        framer.end();
        for (Optional<String> request = framer.poll(); request.isPresent(); request = framer.poll()) {
            String text = request.get();
            if (!lane.offer(over -> handle(context, sender, text, over)) && hub.guard().knows(Optional.empty())) {
                send(context, sender, "ERROR: busy: too many requests wait for their answers");
            }
        }
    }

    private void handle(ChannelHandlerContext context, InetSocketAddress sender, String text, Runnable over) {
        Reading reading = hub.reader().read(text);
        if (reading instanceof Reading.Unreadable none) {
            if (hub.guard().knows(Optional.empty())) {
                send(context, sender, "ERROR: " + none.why());
            }
            over.run();
            return;
        }
        Command given = ((Reading.Read) reading).command();
        if (!hub.guard().knows(Optional.ofNullable(given.named().get("token")))) {
            over.run();
            return;
        }
        asked = true;
        target = sender;
        Command command = given.without("token");
        boolean waits = command.function().equals("API_GetNotificationsSync");
        hub.desk().run(command, Caller.UDP, Hub.now(context), result -> {
            send(context, sender, answers.text(command, result));
            if (!waits) {
                over.run();
            }
        });
        if (waits) {
            over.run();
        }
    }

    private static void send(ChannelHandlerContext context, InetSocketAddress to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] fitting = bytes.length <= LARGEST ? bytes
                : ("ERROR: the answer has " + bytes.length + " bytes, too many for a datagram: ask by TCP")
                        .getBytes(StandardCharsets.UTF_8);
        context.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(fitting), to));
    }

    @Override
    public boolean isClassic() {
        return true;
    }

    @Override
    public boolean isConnection() {
        return false;
    }

    @Override
    public void on(Event event) {
        boolean wanted = asked || outOfBand >= 2 || outOfBand == 1 && !hub.desk().hasConnection();
        byte[] line = (event.line() + "\r\n").getBytes(StandardCharsets.UTF_8);
        if (wanted && target.getPort() > 0 && line.length <= LARGEST) {
            channel.filter(Channel::isWritable)
                    .ifPresent(open -> open.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(line), target)));
        }
    }

    /** A port that nobody listens on is no reason to close ours. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.getLogger(DatagramDoor.class.getName()).log(System.Logger.Level.DEBUG, "datagram: {0}", cause.getMessage());
    }
}
