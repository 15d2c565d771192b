#include "shared/log/record.hpp"

namespace hoso::log {

void append_record(const Event& event, Bytes& out) {
    const bool head_only = event.action.empty();
    const std::size_t size = head_only ? head_size : leaf_size(event);
    append_le(out, static_cast<std::uint32_t>(size));
    append_le(out, head_only ? record_head_only : std::uint32_t{0});
    if (!head_only) return encode_leaf(event, out);
    out.resize(out.size() + head_size);
    encode_head(event, out.data() + out.size() - head_size);
}

Result<Record> next_record(ByteSpan& rest) {
    const Error cut{Errc::corrupt, "A record of an event is cut short."};
    if (rest.size() < record_head) return cut;
    const std::size_t size = load_le<std::uint32_t>(rest.data());
    const auto flags = load_le<std::uint32_t>(rest.data() + 4);
    if (size > rest.size() - record_head) return cut;
    if (flags > record_head_only) return Error{Errc::corrupt, "A record of an event has unknown flags."};
    const Record record{rest.subspan(record_head, size), flags == record_head_only};
    rest = rest.subspan(record_head + size);
    return record;
}

Result<Event> decode_record(const Record& record) {
    if (!record.head_only) return decode_leaf(record.bytes);
    auto head = decode_head(record.bytes);
    if (!head) return head.error();
    Event event;
    event.head = *head;
    return event;
}

Result<std::vector<Event>> decode_records(ByteSpan records, std::size_t events_max) {
    std::vector<Event> events;
    while (!records.empty()) {
        if (events.size() == events_max) return Error{Errc::limit, "There are more events than one message may hold."};
        const auto record = next_record(records);
        if (!record) return record.error();
        auto event = decode_record(*record);
        if (!event) return event.error();
        events.push_back(std::move(*event));
    }
    return events;
}

}  // namespace hoso::log
