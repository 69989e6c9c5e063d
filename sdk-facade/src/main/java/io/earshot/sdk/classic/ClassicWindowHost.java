package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A phone as its windows see it. */
final class ClassicWindowHost implements WindowHost {
    private final ClassicPhone phone;
    private final Executor order;

    ClassicWindowHost(ClassicPhone phone) {
        this.phone = phone;
        this.order = new SerialExecutor(phone.parts().workers());
    }

    @Override
    public Object run(String function, Object... arguments) {
        return ClassicFunctions.run(phone, function, arguments);
    }

    @Override
    public void execute(Runnable task) {
        order.execute(task);
    }

    @Override
    public String parameter(String name) {
        return phone.parameters().text(name);
    }

    @Override
    public Optional<String> given(String name) {
        return phone.parameters().given(name);
    }

    @Override
    public String status() {
        return ClassicState.global(phone);
    }

    @Override
    public boolean isRegistered() {
        return phone.parts().accounts().isRegistered();
    }

    @Override
    public List<LineView> lines() {
        return phone.parts().lines().all().stream().filter(one -> one.call().state() != Call.State.ENDED).map(this::view).toList();
    }

    private LineView view(ClassicLine one) {
        Call call = one.call();
        Notification.Marks marks = phone.parts().lines().marks(one);
        return new LineView(one.number(), one.text(), one.incoming().isPresent(), one.peer(), call.remote().displayName(), one.connected(),
                marks.mute() > 0, marks.hold(), marks.encrypted(), one.codec(), call.quality());
    }

    @Override
    public int line() {
        return phone.parts().lines().selected();
    }

    @Override
    public String language() {
        return phone.parts().words().language();
    }

    @Override
    public String word(String english) {
        return language().equals("en") ? english : phone.parts().words().text(language(), english);
    }

    @Override
    public void closed() {
        phone.parts().windows().closed();
    }
}
