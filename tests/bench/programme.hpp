#pragma once

#include "tests/bench/sittings.hpp"

namespace hoso::bench {

// A province's programme over four years: products, dossiers from opening to certificate, councils, decisions, revocations. Within
// a round the dossiers advance side by side, so that one event's stream is not the next one's.
class Programme {
public:
    Programme(History& history, Province& province, std::size_t dossiers)
        : history_(history), province_(province), dossiers_(dossiers) {}

    void run();
    const std::vector<StreamId>& products() const { return known_; }

private:
    void hold_round(std::size_t number, std::size_t dossiers);
    void register_products(std::size_t count);
    void register_legacy(const StreamId& product, std::size_t commune);
    void open_cases(std::size_t number, std::size_t count, const Uuid& round);
    void open_case(const StreamId& product, const Uuid& round);
    void draft(Case& of, std::size_t step);
    void add_document(Case& of, std::size_t step);
    Bytes assessment(const Case& of);
    void submit(Case& of);
    void return_some();
    void withdraw_what_stays();
    void revoke_some();
    template <typename Act>
    void each_case(const Act& act);  // in an order that is another one every time

    const domain::Product& product(const Case& of) const { return *history_.state().product(of.product); }
    const domain::Dossier& dossier(const Case& of) const { return *product(of).dossier(of.dossier); }
    Post& officer(const Case& of) { return province_.communes[of.commune].officer; }

    History& history_;
    Province& province_;
    std::size_t dossiers_;
    tests::Random random_{23};
    std::vector<StreamId> known_;
    std::map<StreamId, std::size_t> commune_of_;
    StreamId subject_;
    std::vector<Case> cases_;
    bool last_round_ = false;
};

}  // namespace hoso::bench
