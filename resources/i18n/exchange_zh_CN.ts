<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Exchange</name>
    <message>
        <source>Mend {count} faults first</source>
        <translation>先改正 {count} 处错误</translation>
    </message>
    <message>
        <source>The file has no good row</source>
        <translation>文件中没有可导入的行</translation>
    </message>
    <message>
        <source>Import: {kind}</source>
        <translation>导入：{kind}</translation>
    </message>
    <message>
        <source>Export: {kind}</source>
        <translation>导出：{kind}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Read the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Which file? Type its path, or browse for it.</source>
        <translation>请输入文件路径，或按“浏览”选择文件。</translation>
    </message>
    <message>
        <source>{count} faults: nothing can be taken until the file is mended.</source>
        <translation>共 {count} 处错误：改正文件之前一行也不能导入。</translation>
    </message>
    <message>
        <source>Columns that are not known are left out: {names}</source>
        <translation>以下各列不认识，不会导入：{names}</translation>
    </message>
    <message>
        <source>Take {count} rows</source>
        <translation>导入 {count} 行</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Nothing was read yet</source>
        <translation>尚未读取文件</translation>
    </message>
    <message>
        <source>The first rows of the file stand here before they are taken.</source>
        <translation>读取后先在此显示前几行，确认后才导入。</translation>
    </message>
    <message>
        <source>Reason (it holds personal data)</source>
        <translation>导出事由（含个人信息）</translation>
    </message>
    <message>
        <source>A reason is needed: the table holds personal data.</source>
        <translation>表中含有个人信息，请填写导出事由。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{rows} good rows, {encoding}</source>
        <translation>可导入 {rows} 行，编码 {encoding}</translation>
    </message>
    <message>
        <source>{told}; the first {count} are shown</source>
        <translation>{told}；下面显示前 {count} 行</translation>
    </message>
</context>
<context>
    <name>File</name>
    <message>
        <source>Tables ({names})</source>
        <translation>表格（{names}）</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>浏览</translation>
    </message>
</context>
</TS>
