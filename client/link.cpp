#include "client/link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "client/link_conversation.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client {
namespace {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds delay_min{1'000};
constexpr milliseconds delay_max{300'000};

// Between half of `delay` and all of it, so that a thousand desks do not come back at one moment.
milliseconds jittered(milliseconds delay) {
    const Hash drawn = io::random_hash();
    const auto share = load_le<std::uint16_t>(drawn.bytes.data());
    return delay / 2 + delay / 2 * share / 0xffff;
}

bool worth_retrying(const Error& error) { return error.code == Errc::unreachable; }

// What may pass by itself: a server that ends amid a handshake looks like one that breaks the protocol. docs/protocol.md section 8.
bool may_pass(const Error& error) { return worth_retrying(error) || error.code == Errc::protocol || error.code == Errc::full; }

}  // namespace

struct Link::Parts : std::enable_shared_from_this<Link::Parts> {
    Parts(Desk& desk_held, asio::io_context& context_held) : desk(desk_held), context(context_held), nap(context_held) {}

    net::Awaitable<void> loop();
    net::Awaitable<void> once(bool stop_when_idle);
    net::Awaitable<Result<void>> hand_over_enrolment();
    net::Awaitable<void> enrol_once();
    void ended(const Conversation& conversation, const Result<void>& done);
    void outbox_grew();
    void files_changed();
    template <typename Done>
    bool run_until(Steady::time_point deadline, const Done& done);
    bool pause(Steady::time_point deadline);
    Result<Progress> sync_once(Steady::time_point deadline, bool& connected);

    Desk& desk;
    asio::io_context& context;
    asio::steady_timer nap;
    std::shared_ptr<Conversation> current;
    Progress progress;
    OnProgress on_progress;
    bool looping = false;   // start() was called
    bool paused = false;    // a sync has the line
    bool asleep = true;     // the loop has no conversation
    bool gone = true;       // the loop has ended
    bool finished = false;  // of once() and enrol_once()
    bool left = false;      // the Link is gone
    LinkState state = LinkState::offline;
    std::optional<Error> last_error;
    std::optional<Instant> failing_since;
};

// A sync has the line to itself for as long as this lives; then the loop goes on, however the sync ended.
class Link::Line {
public:
    explicit Line(Parts& parts) : parts_(parts) { parts_.paused = true; }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() {
        parts_.on_progress = {};
        parts_.paused = false;
        parts_.nap.cancel();
    }

private:
    Parts& parts_;
};

void Link::Parts::ended(const Conversation& conversation, const Result<void>& done) {
    last_error = done ? std::nullopt : std::optional{done.error()};
    if (done) {
        failing_since.reset();
    } else if (!failing_since || conversation.stood()) {
        failing_since = desk.now();
    }
}

net::Awaitable<void> Link::Parts::once(bool stop_when_idle) {
    const auto self = shared_from_this();
    state = LinkState::connecting;
    const auto conversation = std::make_shared<Conversation>(desk, context, progress, on_progress, stop_when_idle);
    current = conversation;
    const auto done = co_await conversation->run();
    ended(*conversation, done);
    if (current == conversation) current.reset();
    state = desk.halted() ? LinkState::halted : LinkState::offline;
    finished = true;
}

net::Awaitable<void> Link::Parts::loop() {
    const auto self = shared_from_this();
    gone = false;
    milliseconds delay = delay_min;
    while (looping && !left) {
        if (!paused && !desk.halted()) {
            asleep = false;
            const auto conversation = std::make_shared<Conversation>(desk, context, progress, on_progress, false);
            current = conversation;
            state = LinkState::connecting;
            const auto done = co_await conversation->run();
            current.reset();
            asleep = true;
            ended(*conversation, done);
            if (conversation->stood()) delay = delay_min;
            delay = last_error && !may_pass(*last_error) ? delay_max : delay;
            delay = std::max(delay, milliseconds{conversation->retry_after_ms()});
        }
        if (!looping || left) break;
        state = desk.halted() ? LinkState::halted : LinkState::waiting;
        nap.expires_after(paused || desk.halted() ? delay_max : jittered(delay));
        boost::system::error_code woken;
        co_await nap.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        delay = woken ? delay_min : std::min(delay * 2, delay_max);
    }
    state = LinkState::offline;
    asleep = true;
    gone = true;
}

net::Awaitable<Result<void>> Link::Parts::hand_over_enrolment() {
    const auto address = address_of(desk.identity().province);
    if (!address) co_return address.error();
    auto push = desk.prepare(0);
    if (!push) co_return push.error();
    CHECK(push->has_value());
    auto connection = co_await net::connect(*address, desk.identity().province.pin, sync::frame_bytes_max);
    if (!connection) co_return connection.error();
    sync::Enrol enrol;
    enrol.push = std::move(**push);
    const sync::Frame frame{std::move(enrol)};
    Bytes message = sync::encode(frame);
    if (auto sent = co_await (*connection)->send(std::move(message)); !sent) co_return sent.error();
    desk.left(0, 0);
    const auto answer = co_await (*connection)->receive();
    if (!answer) co_return answer.error();
    const auto decoded = sync::decode(*answer);
    if (!decoded) co_return decoded.error();
    if (const auto* bye = std::get_if<sync::Bye>(&decoded->frame)) co_return error_of(bye->reason, bye->detail);
    const auto* enrolled = std::get_if<sync::Enrolled>(&decoded->frame);
    if (!enrolled) co_return Error{Errc::protocol, "The province's server answered an enrolment with something else."};
    auto accepted = desk.accept(*enrolled);
    co_await (*connection)->finish();
    co_return accepted;
}

net::Awaitable<void> Link::Parts::enrol_once() {
    const auto self = shared_from_this();
    const auto done = co_await hand_over_enrolment();
    last_error = done ? std::nullopt : std::optional{done.error()};
    finished = true;
}

// Runs the context on this thread; false when the deadline passes first.
template <typename Done>
bool Link::Parts::run_until(Steady::time_point deadline, const Done& done) {
    while (!done()) {
        if (Steady::now() >= deadline) return false;
        context.restart();
        context.run_one_until(deadline);
    }
    return true;
}

bool Link::Parts::pause(Steady::time_point deadline) {
    if (current) current->stop();
    nap.cancel();
    const bool free = run_until(deadline, [this] { return asleep; });
    if (!free && current) current->abort();
    return free || run_until(deadline + std::chrono::seconds{1}, [this] { return asleep; });
}

Result<Progress> Link::Parts::sync_once(Steady::time_point deadline, bool& connected) {
    finished = false;
    asio::co_spawn(context, once(true), asio::detached);
    const bool in_time = run_until(deadline, [&] {
        connected = connected || (current && current->stood());
        return finished;
    });
    if (!in_time) {
        if (current) current->abort();
        run_until(Steady::now() + std::chrono::seconds{1}, [this] { return finished; });
        return Error{Errc::unreachable, "The time given for the sync is over: " + std::to_string(progress.answered) +
                                            " actions were answered and " + std::to_string(progress.received) +
                                            " events received. It continues from there next time."};
    }
    if (last_error) return *last_error;
    return progress;
}

void Link::Parts::files_changed() {
    if (current) return current->files_changed();
    if (state == LinkState::waiting) nap.cancel();
}

void Link::Parts::outbox_grew() {
    if (current) return current->outbox_grew();
    if (state == LinkState::waiting) nap.cancel();
}

Link::Link(Desk& desk, asio::io_context& context) : parts_(std::make_shared<Parts>(desk, context)) {
    // Not at once: whoever tells us is in the middle of something.
    const auto later = [weak = std::weak_ptr<Parts>(parts_)](void (Parts::*call)()) {
        const auto parts = weak.lock();
        if (!parts || !parts->looping) return;
        asio::post(parts->context, [weak, call] {
            if (const auto still = weak.lock()) (*still.*call)();
        });
    };
    desk.on_recorded([later] { later(&Parts::outbox_grew); });
    desk.on_files_changed([later] { later(&Parts::files_changed); });
}

// What is under way ends before the desk goes.
Link::~Link() {
    parts_->left = true;
    parts_->desk.on_recorded([] {});
    parts_->desk.on_files_changed([] {});
    if (parts_->current) parts_->current->abort();
    parts_->nap.cancel();
    const auto quiet = [this] { return parts_->gone && !parts_->current; };
    parts_->run_until(Steady::now() + std::chrono::seconds{1}, quiet);
}

Result<Progress> Link::sync(int seconds, const OnProgress& progress, bool again) {
    Desk& desk = parts_->desk;
    if (desk.halted() && !again) return *desk.halted();
    const auto deadline = Steady::now() + std::chrono::seconds{seconds};
    const Line line(*parts_);
    if (parts_->looping && !parts_->pause(deadline))
        return Error{Errc::unreachable, "The line to the province is busy: try again."};
    desk.fetch_again_next(again);
    parts_->progress = {};
    parts_->on_progress = progress;
    bool connected = false;
    auto done = parts_->sync_once(deadline, connected);
    // A connection that was lost on the way is taken up again; a server that was never there is reported at once.
    while (!done && connected && worth_retrying(done.error()) && Steady::now() + delay_min < deadline) {
        const auto pause = Steady::now() + jittered(delay_min);
        parts_->run_until(pause, [] { return false; });
        done = parts_->sync_once(deadline, connected);
    }
    desk.fetch_again_next(false);
    return done;
}

Result<void> Link::enrol(int seconds) {
    if (parts_->desk.identity().founder() || parts_->desk.outbox().answered() > 0) return {};
    parts_->finished = false;
    asio::co_spawn(parts_->context, parts_->enrol_once(), asio::detached);
    const bool in_time = parts_->run_until(Steady::now() + std::chrono::seconds{seconds}, [this] { return parts_->finished; });
    if (!in_time)
        return Error{Errc::unreachable,
                     "The province's server did not answer in time. Nothing is lost: enrol again with the same slip and folder."};
    if (parts_->last_error) return *parts_->last_error;
    return {};
}

void Link::start() {
    if (parts_->looping) return;
    parts_->looping = true;
    asio::co_spawn(parts_->context, parts_->loop(), asio::detached);
}

void Link::stop() {
    parts_->looping = false;
    if (parts_->current) parts_->current->stop();
    parts_->nap.cancel();
}

LinkState Link::state() const { return parts_->current && parts_->current->ready() ? LinkState::live : parts_->state; }
std::string Link::last_error() const {
    return parts_->last_error && state() != LinkState::live ? parts_->last_error->detail : std::string{};
}
std::optional<Instant> Link::failing_since() const { return state() == LinkState::live ? std::nullopt : parts_->failing_since; }
const Progress& Link::progress() const { return parts_->progress; }

}  // namespace hoso::client
