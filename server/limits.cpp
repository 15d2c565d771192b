#include "server/limits.hpp"

#include "shared/net/connection.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::server {
namespace {

void row(std::string& out, std::string_view name, std::uint64_t value, std::string_view unit) {
    std::string line{name};
    line.resize(52, ' ');
    out += line + std::to_string(value) + (unit.empty() ? "" : " ") + std::string{unit} + "\n";
}

}  // namespace

std::string table_of(const Limits& limits) {
    std::string out;
    const auto seconds = [](int value) { return static_cast<std::uint64_t>(value); };
    row(out, "handshakes (TCP, TLS, WebSocket), each at most", seconds(net::handshake_seconds_max), "s");
    row(out, "before a device is known: time", seconds(limits.early_seconds_max), "s");
    row(out, "before a device is known: message", limits.early_message_bytes_max, "bytes");
    row(out, "before a device is known: connections of one host", limits.early_per_host_max, "");
    row(out, "before a device is known: connections in all", limits.early_total_max, "");
    row(out, "handshakes of one host", limits.handshakes_per_minute, "a minute");
    out += limits.loopback_is_free ? "  (limits per host do not count for this machine itself)\n" : "";
    row(out, "connections in all", limits.connections_max, "");
    row(out, "ping after silence of", seconds(net::ping_seconds), "s");
    row(out, "dead after silence of", seconds(net::silence_seconds_max), "s");
    row(out, "frame on the wire", sync::frame_bytes_max, "bytes");
    row(out, "frame unpacked", sync::message_bytes_max, "bytes");
    row(out, "action", log::action_bytes_max, "bytes");
    row(out, "push", log::push_actions_max, "actions");
    row(out, "push", log::push_bytes_max, "bytes");
    row(out, "pushes of one desk without an answer", sync::pushes_in_flight_max, "");
    row(out, "frames of one desk not yet looked at", limits.inbox_frames_max, "");
    row(out, "frames of events on their way to one desk", sync::event_frames_in_flight_max, "");
    row(out, "pushes waiting for the ledger", limits.waiting_pushes_max, "");
    row(out, "pushes waiting for the ledger", limits.waiting_bytes_max, "bytes");
    row(out, "pushes of one sync to disk", limits.group_pushes_max, "");
    row(out, "pushes of one sync to disk", limits.group_bytes_max, "bytes");
    row(out, "disk left free", limits.disk_reserve_bytes, "bytes");
    return out;
}

}  // namespace hoso::server
