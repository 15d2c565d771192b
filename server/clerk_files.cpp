#include "server/clerk.hpp"
#include "shared/domain/action_codec.hpp"

// What the log says of files: the server's own acts, in every stream that cites one.
namespace hoso::server {

void Clerk::file_stored(StoredFile stored) {
    const auto cited = citations_.find(stored.file);
    if (!cited || hindrance()) return stored.told(no_position);
    std::vector<OwnAct> acts;
    for (const StreamId& stream : cited->awaiting) {
        const auto* product = province_.book.replica.state().product(stream);
        if (!product || product->files.at(stored.file.root).stored != no_position) continue;  // it stands in a group before
        acts.push_back({stream, domain::FileStored{stored.file.root, stored.file.size}});
        if (acts.size() == log::push_actions_max && !act(std::exchange(acts, {}))) return stored.told(no_position);
    }
    if (!acts.empty() && !act(std::move(acts))) return stored.told(no_position);
    group_.files.push_back(std::move(stored));
}

void Clerk::answer(const StoredFile& stored) {
    const Position past = newest().log_size;
    // Another product may have cited it since: that one's event is still to come.
    citations_.stored(stored.file, past, [&](const StreamId& stream) {
        const auto* product = province_.book.replica.state().product(stream);
        return product && product->files.at(stored.file.root).stored < past;
    });
    stored.told(past);
}

// What was cited by an action of this event, or by one that it adopted.
void Clerk::look_at(const log::Event& event) {
    if (event.head.outcome != static_cast<std::uint8_t>(domain::Outcome::effective) || event.head.scope == registry_scope) return;
    const auto stream = domain::touches_files(event.action);
    const replica::Stream* content = stream ? province_.book.replica.state().stream(*stream) : nullptr;
    if (content) citations_.look_at(*stream, *content);
}

}  // namespace hoso::server
