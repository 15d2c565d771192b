#pragma once

#include <functional>

#include "client/cli/output.hpp"
#include "client/local_api/list_query.hpp"
#include "shared/domain/registry.hpp"

namespace hoso::client::local_api {

// Hears what a command says and makes one answer of it: rows or a result, remarks, and the words of every key and value in them.
class Answer final : public cli::Listener {
public:
    // `as_called` puts into a text what the browser calls the files that it sent.
    using AsCalled = std::function<std::string(std::string)>;
    Answer(const ListQuery& query, Language language, AsCalled as_called = {})
        : list_(query, language), language_(language), as_called_(std::move(as_called)) {}

    void object(const boost::json::object& result) override final;
    void rows(const boost::json::array& rows, std::vector<std::string> columns, std::vector<std::string> in_files) override final {
        list_.take(rows, std::move(columns), std::move(in_files));
    }
    void said(const std::string& text) override final;
    void failed(const Error& error) override final { error_ = Error{error.code, called(error.detail)}; }

    const std::optional<Error>& error() const { return error_; }
    boost::json::object finish(const domain::Registry& registry);  // whose regulations name the keys
    bool is_list() const { return list_.took(); }
    cli::Sheet sheet(const domain::Registry& registry, bool training) { return list_.sheet(registry, training); }

private:
    std::string called(std::string text) const { return as_called_ ? as_called_(std::move(text)) : text; }
    void call(boost::json::value& value) const;

    ListTaker list_;
    Language language_;
    AsCalled as_called_;
    std::optional<boost::json::object> result_;
    std::vector<std::string> said_;
    std::optional<Error> error_;
};

}  // namespace hoso::client::local_api
