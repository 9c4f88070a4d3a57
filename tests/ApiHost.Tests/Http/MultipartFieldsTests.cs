using System.Text;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class MultipartFieldsTests
{
    private const string Form = "multipart/form-data; boundary=\"--b\"";

    [Fact]
    public async Task Read_Fields_GivesThemInOrder()
    {
        var fields = await Read(Field("name=\"email\"", "ada@example.com") + Field("name=\"company\"", "Émile & Søn") + Field("name=photo; filename=\"\"", ""));
        Assert.Equal([new("email", "ada@example.com"), new("company", "Émile & Søn")], fields!);
    }

    [Fact]
    public async Task Read_FileWithContent_GivesNothing() =>
        Assert.Null(await Read(Field("name=photo; filename=a.png", "PNG")));

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=other")]
    public async Task Read_BoundaryThatIsNotThere_GivesNothing(string contentType) =>
        Assert.Null(await MultipartFields.Read(contentType, Encoding.UTF8.GetBytes(Field("name=a", "1") + "----b--"), default));

    [Fact]
    public async Task Read_CutOff_GivesNothing() =>
        Assert.Null(await MultipartFields.Read(Form, Encoding.UTF8.GetBytes("----b\r\nContent-Disposition: form-data; name=a\r\n\r\n1"), default));

    [Fact]
    public async Task Read_BrokenUtf8_GivesNothing()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("----b\r\nContent-Disposition: form-data; name=a\r\n\r\n"), 0xFF, .. "\r\n----b--"u8];
        Assert.Null(await MultipartFields.Read(Form, body, default));
    }

    private static Task<List<KeyValuePair<string, string>>?> Read(string fields) =>
        MultipartFields.Read(Form, Encoding.UTF8.GetBytes(fields + "----b--\r\n"), default);

    private static string Field(string disposition, string value) => $"----b\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n";
}
