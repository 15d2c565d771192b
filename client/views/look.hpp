#pragma once

#include "shared/replica/state.hpp"

namespace hoso::client::views {

// What a view looks at: a replica's state, or what is confirmed with the desk's own pending actions on top. A pending replica holds
// the registry and those streams only that pending actions touch.
class Look {
public:
    Look(const replica::State& state) : confirmed_(state), newest_(state) {}
    Look(const replica::State& confirmed, const replica::State& pending) : confirmed_(confirmed), newest_(pending) {}

    const domain::Registry& registry() const { return newest_.registry; }
    const replica::Stream* stream(const StreamId& id) const {
        const replica::Stream* found = newest_.stream(id);
        return found ? found : confirmed_.stream(id);
    }
    template <typename Content>
    const Content* content(const StreamId& id) const {
        const replica::Stream* found = stream(id);
        return found ? std::get_if<Content>(&found->content) : nullptr;
    }
    const domain::Product* product(const StreamId& id) const { return content<domain::Product>(id); }
    const domain::Subject* subject(const StreamId& id) const { return content<domain::Subject>(id); }

    // Every stream once, by ascending id.
    template <typename Visit>
    void each_stream(const Visit& visit) const {
        auto confirmed = confirmed_.streams.begin();
        for (const auto& [id, stream] : newest_.streams) {
            for (; confirmed != confirmed_.streams.end() && confirmed->first < id; ++confirmed)
                visit(confirmed->first, confirmed->second);
            if (confirmed != confirmed_.streams.end() && confirmed->first == id) ++confirmed;
            visit(id, stream);
        }
        for (; confirmed != confirmed_.streams.end(); ++confirmed) visit(confirmed->first, confirmed->second);
    }
    template <typename Content, typename Visit>
    void each(const Visit& visit) const {
        each_stream([&](const StreamId&, const replica::Stream& stream) {
            if (const auto* content = std::get_if<Content>(&stream.content)) visit(*content);
        });
    }

private:
    const replica::State& confirmed_;
    const replica::State& newest_;
};

}  // namespace hoso::client::views
