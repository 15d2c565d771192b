#include "server/citations.hpp"

#include <algorithm>

namespace hoso::server {

Citations::Citations(const replica::State& state) {
    for (const auto& [id, stream] : state.streams) look_at(id, stream);
}

void Citations::look_at(const StreamId& stream, const replica::Stream& content) {
    const auto* product = std::get_if<domain::Product>(&content.content);
    if (!product || product->files.empty()) return;
    std::vector<log::FileId> awaited;
    std::function<void(std::vector<log::FileId>)> tell;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [root, cited] : product->files) {
            Entry& entry = entries_[{root, cited.size}];
            if (!entry.streams.try_emplace(stream, content.scope).second) continue;
            if (cited.stored != no_position) {
                entry.past = std::max(entry.past, cited.stored + 1);
                continue;
            }
            entry.awaiting.push_back(stream);
            awaited.push_back({root, cited.size});
        }
        tell = watch_;
    }
    if (tell && !awaited.empty()) tell(std::move(awaited));
}

void Citations::stored(const log::FileId& file, Position past, const std::function<bool(const StreamId&)>& says_so) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(file);
    if (found == entries_.end()) return;
    std::erase_if(found->second.awaiting, says_so);
    found->second.past = std::max(found->second.past, past);
}

std::optional<Citations::Cited> Citations::find(const log::FileId& file) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(file);
    if (found == entries_.end()) return std::nullopt;
    return Cited{found->second.awaiting, found->second.past};
}

bool Citations::seen_from(const log::FileId& file, std::span<const UnitId> scopes) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(file);
    if (found == entries_.end()) return false;
    const auto sees = [&](const auto& stream) {
        return std::any_of(scopes.begin(), scopes.end(),
                           [&](const UnitId& scope) { return scope == stream.second || scope == whole_log_scope(); });
    };
    return std::any_of(found->second.streams.begin(), found->second.streams.end(), sees);
}

std::vector<log::FileId> Citations::awaited() const {
    const std::lock_guard lock(mutex_);
    std::vector<log::FileId> files;
    for (const auto& [file, entry] : entries_) {
        if (!entry.awaiting.empty()) files.push_back(file);
    }
    return files;
}

std::vector<log::FileId> Citations::stored() const {
    const std::lock_guard lock(mutex_);
    std::vector<log::FileId> files;
    for (const auto& [file, entry] : entries_) {
        if (entry.past > 0) files.push_back(file);
    }
    return files;
}

void Citations::watch(std::function<void(std::vector<log::FileId>)> call) {
    const std::lock_guard lock(mutex_);
    watch_ = std::move(call);
}

}  // namespace hoso::server
